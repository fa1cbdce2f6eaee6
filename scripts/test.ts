// `npm test`: every test. Format, lint, boundaries, types, then the tests of all tiers (real PostgreSQL, real sockets), then
// the journeys in a real browser against the whole product. Stops at the first step that fails and says which.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { build, isBuildStale } from './build';
import { findBrowser } from './find-browser';

const RESULTS = 'test-results';
const bin = (name: string) => join('node_modules', name);
const counts = { passed: 0, failed: 0 };

const vitestResult = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });
const playwrightResult = z.object({ stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }) });

interface Step {
  name: string;
  run: () => boolean;
}

const steps: Step[] = [
  { name: 'format', run: () => node(bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.') },
  { name: 'lint', run: () => node(bin('eslint/bin/eslint.js'), '--max-warnings', '0', '.') },
  { name: 'boundaries', run: () => node('scripts/check-boundaries.mjs') },
  {
    name: 'types',
    run: () => node(bin('typescript/bin/tsc'), '--noEmit') && node(bin('typescript/bin/tsc'), '-p', 'worker', '--noEmit'),
  },
  { name: 'unit, contract, database and route tests', run: runVitest },
  { name: 'build', run: buildWhenStale },
  { name: 'browser journeys', run: runPlaywright },
];

rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });
for (const step of steps) {
  const since = Date.now();
  console.log(`\n== ${step.name}`);
  if (!step.run()) {
    console.error(`\n${step.name}: failed`);
    console.log(`${counts.passed} passed, ${Math.max(counts.failed, 1)} failed`);
    process.exit(1);
  }
  console.log(`-- ${step.name}: ${((Date.now() - since) / 1_000).toFixed(1)} s`);
}
console.log(`\n${counts.passed} passed, ${counts.failed} failed`);

function node(...args: string[]): boolean {
  return spawnSync(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'], env: process.env }).status === 0;
}

function runVitest(): boolean {
  const output = join(RESULTS, 'vitest.json');
  const passed = node(bin('vitest/vitest.mjs'), 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${output}`);
  const result = vitestResult.parse(JSON.parse(readFileSync(output, 'utf8')));
  counts.passed += result.numPassedTests;
  counts.failed += result.numFailedTests;
  return passed && result.numPassedTests > 0;
}

function buildWhenStale(): boolean {
  try {
    if (isBuildStale()) build();
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
}

function runPlaywright(): boolean {
  try {
    process.env.CHROMIUM_PATH = findBrowser();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
  process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = join(RESULTS, 'playwright.json');
  const passed = node(bin('@playwright/test/cli.js'), 'test');
  const { stats } = playwrightResult.parse(JSON.parse(readFileSync(process.env.PLAYWRIGHT_JSON_OUTPUT_NAME, 'utf8')));
  counts.passed += stats.expected;
  counts.failed += stats.unexpected + stats.flaky;
  return passed && stats.expected > 0;
}
