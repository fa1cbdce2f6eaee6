// `npm test`: everything but the slower suites. On two cores, the checks and the build run beside the unit and database tests, then come the
// journeys in a real browser against the whole product. A step's output is shown whole when it ends. The first step that fails ends the
// others.
// `npm run test:unit`, `test:db`, `test:e2e` and `test:processes` run one tier each, and pass the arguments after `--` to its runner.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { findBrowser } from './find-browser';

const RESULTS = 'test-results';
const VITEST_RESULT = join(RESULTS, 'vitest.json');
const PLAYWRIGHT_RESULT = join(RESULTS, 'playwright.json');
const bin = (name: string) => join('node_modules', name);

const vitestResult = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });
const playwrightResult = z.object({ stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }) });

interface Counts {
  passed: number;
  failed: number;
}

interface Step {
  name: string;
  /** Node command lines, run one after the other. */
  commands: string[][];
  env?: () => Record<string, string>;
  /** The number of tests that the step ran. */
  count?: () => Counts;
}

const [tier, ...more] = process.argv.slice(2);
const vitest = [bin('vitest/vitest.mjs'), 'run', '--reporter=json', `--outputFile.json=${VITEST_RESULT}`];
const BUILD_WHEN_STALE = `const { build, isBuildStale } = await import('./scripts/build.ts'); if (isBuildStale()) await build();`;

const format: Step = { name: 'format', commands: [[bin('oxfmt/bin/oxfmt'), '--check', '.']] };
/** Includes the types: one compiler program serves both. */
const lint: Step = { name: 'lint and types', commands: [[bin('oxlint/bin/oxlint')]] };
/** Finds unused files, exports and dependencies. */
const unused: Step = { name: 'unused', commands: [[bin('knip/bin/knip.js'), '--no-progress']] };
const boundaries: Step = { name: 'boundaries', commands: [['scripts/check-boundaries.mjs']] };
const webApp: Step = { name: 'build', commands: [['--import', 'tsx', '--input-type=module', '-e', BUILD_WHEN_STALE]] };
const withVitest = (name: string, ...args: string[]): Step => ({ name, commands: [[...vitest, ...args]], count: countVitest });
const withPlaywright = (name: string, ...projects: string[]): Step => ({
  name,
  commands: [[bin('playwright/cli.js'), 'test', ...projects.map((project) => `--project=${project}`), ...more]],
  env: () => ({ CHROMIUM_PATH: findBrowser() }),
  count: countPlaywright,
});
const journeys = withPlaywright('browser journeys', 'journeys', 'money', 'stop');
/** They mostly wait for processes that were killed to be back. */
const processes = withPlaywright('journeys that kill processes', 'processes');

/** The steps of a lane run in sequence; the lanes of a stage run in parallel. Lint reads files that the build writes. */
const STAGES: Record<string, Step[][][]> = {
  '': [
    [[lint, format, boundaries, unused, webApp], [withVitest('unit, contract, database and route tests', '--reporter=dot')]],
    [[journeys]],
  ],
  unit: [[[withVitest('unit tests', '--reporter=default', '--project', 'unit*', ...more)]]],
  db: [[[withVitest('database tests', '--reporter=default', '--project', 'db*', ...more)]]],
  e2e: [[[webApp, journeys]]],
  processes: [[[webApp, processes]]],
};

const total: Counts = { passed: 0, failed: 0 };
const isAlone = tier !== undefined;
const running = new Set<ChildProcess>();
let isOver = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void end(1));

rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });
const since = Date.now();
const stages = STAGES[tier ?? ''];
if (stages === undefined) throw new Error(`There is no tier ${String(tier)}: unit, db, e2e or processes.`);
for (const lanes of stages) await Promise.all(lanes.map(runLane));
if (!isAlone) console.log('\nSlower suites, also in .ci/run: npm run test:processes, test:sdks, test:api, test:mta, test:crash');
console.log(`\nIn ${secondsSince(since)}:\n${total.passed} passed, ${total.failed} failed`);

async function runLane(steps: Step[]): Promise<void> {
  for (const step of steps) {
    const began = Date.now();
    if (!isAlone) console.log(`.. ${step.name}`);
    const { isOk, said } = await runStep(step);
    if (isOver) return;
    console.log(`\n== ${step.name}${said === '' ? '' : `\n${said.trimEnd()}`}`);
    if (!hasPassed(step) || !isOk) return failed(step);
    console.log(`-- ${step.name}: ${secondsSince(began)}`);
  }
}

/** A step that should run tests but ran none has failed. */
function hasPassed({ count }: Step): boolean {
  if (!count) return true;
  const { passed, failed: lost } = count();
  total.passed += passed;
  total.failed += lost;
  return passed > 0 && lost === 0;
}

async function failed({ name }: Step): Promise<void> {
  console.error(`\n${name}: failed`);
  console.log(`${total.passed} passed, ${Math.max(total.failed, 1)} failed`);
  await end(1);
}

async function runStep({ commands, env }: Step): Promise<{ isOk: boolean; said: string }> {
  let said = '';
  try {
    const variables = { ...process.env, ...env?.() };
    for (const command of commands) {
      const status = await run(command, variables, (text) => (said += text));
      if (status !== 0) return { isOk: false, said };
    }
    return { isOk: true, said };
  } catch (error) {
    return { isOk: false, said: said + (error instanceof Error ? error.message : String(error)) };
  }
}

function run(command: string[], env: NodeJS.ProcessEnv, hear: (text: string) => void): Promise<number | null> {
  // A separate process group, so that the processes it started end with it.
  const child = spawn(process.execPath, command, {
    env,
    detached: !isAlone,
    stdio: isAlone ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', hear);
  return new Promise((done, broke) => {
    child.once('error', broke);
    child.once('close', (status) => {
      running.delete(child);
      done(status);
    });
  });
}

/** Ends the running steps and waits for them: a journey has a product to stop. */
async function end(code: number): Promise<void> {
  isOver = true;
  const left = [...running].map((child) => new Promise((done) => child.once('exit', done)));
  for (const child of running) stopGroup(child);
  await Promise.all(left);
  process.exit(code);
}

function stopGroup(child: ChildProcess): void {
  if (isAlone || child.pid === undefined) return void child.kill('SIGTERM');
  try {
    process.kill(-child.pid, 'SIGTERM');
  } catch {
    // The process ended by itself in between.
  }
}

function secondsSince(time: number): string {
  return `${((Date.now() - time) / 1_000).toFixed(1)} s`;
}

function countVitest(): Counts {
  const result = readResult(VITEST_RESULT, vitestResult);
  return { passed: result?.numPassedTests ?? 0, failed: result?.numFailedTests ?? 0 };
}

function countPlaywright(): Counts {
  const stats = readResult(PLAYWRIGHT_RESULT, playwrightResult)?.stats;
  return { passed: stats?.expected ?? 0, failed: stats ? stats.unexpected + stats.flaky : 0 };
}

/** Null if the runner ended before it wrote a report. */
function readResult<T>(file: string, schema: z.ZodType<T>): T | null {
  return existsSync(file) ? schema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
}
