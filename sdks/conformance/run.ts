// `npm run test:sdks`: runs every SDK against the same cases, and a few cases against the product itself. Prints the failures and a table
// at the end. A language whose tools are missing is skipped by name, but fails where CI is set.
//   LANGUAGE…        only these (curl: its examples of the documentation)
//   --only TEXT      only cases with this in their name
//   --live URL KEY   the live cases against this server, with this test key
//   --product        the live cases against the product, started for them
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Case, findDifference, readCases, readFixtures, readLiveCases } from './case';
import { Driver, type Result } from './driver';
import { bytesOf } from './form';
import { type Language, LANGUAGES, SDKS } from './languages';
import { startProduct } from './product';
import { type PlayServer, startPlayServer } from './server';
import { deliver } from './signed';
import { runSnippets } from './snippets';

interface Live {
  url: string;
  key: string;
}

interface Score {
  name: string;
  passed: number;
  total: number;
  seconds: number;
  note: string;
}

const args = process.argv.slice(2);
const only = valueOf('--only') ?? '';
const version = readFileSync(join(SDKS, 'version'), 'utf8').trim();
const fixtures = readFixtures();
const scratch = mkdtempSync(join(tmpdir(), 'sdks-'));
const closedUrl = await findClosedUrl();

function valueOf(option: string, at = 1): string | undefined {
  const index = args.indexOf(option);
  return index === -1 ? undefined : args[index + at];
}

/** An address where nothing listens. */
async function findClosedUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 1}`;
}

const hasTool = (tool: string): boolean => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;

function build({ name, build: lines }: Language): string | null {
  for (const [command = '', ...rest] of lines) {
    const done = spawnSync(command, rest, { cwd: join(SDKS, name), encoding: 'utf8' });
    if (done.status !== 0)
      return `${command} ${rest.join(' ')}: ${done.error?.message ?? ''}${done.stdout}${done.stderr}`.slice(-4_000);
  }
  return null;
}

/** What the driver is told about a case. */
function callOf(one: Case, number: number, url: string, live: Live | null): unknown {
  const { from_env: isFromEnv, is_closed: isClosed, ...client } = one.client;
  const reach = isFromEnv
    ? {}
    : { base_url: live?.url ?? (isClosed ? closedUrl : `${url}/cases/${number}`), api_key: live?.key ?? 'evk_test_conformance' };
  const own = one.webhook ? deliver(one.webhook) : fileOf(one);
  return { op: one.op, args: { ...one.args, ...own }, client: { ...reach, ...client } };
}

function fileOf({ file }: Case): Record<string, unknown> {
  if (!file) return {};
  if (file.as === 'bytes') return { text: file.text };
  const path = join(scratch, file.name);
  writeFileSync(path, bytesOf(file));
  return { path };
}

function faultOf({ expect }: Case, { value, error }: Result, tookMs: number): string | null {
  const [least, most] = expect.took_ms ?? [0, Infinity];
  if (tookMs < least || tookMs > most) return `took ${tookMs} ms, expected ${least} to ${most}`;
  if (!expect.error)
    return error
      ? `failed: ${JSON.stringify(error)}`
      : findDifference(expect.value ?? null, expect.value === undefined ? null : value);
  if (!error) return `gave ${JSON.stringify(value ?? null).slice(0, 300)}, expected the error ${expect.error.type}`;
  const { message, ...exact } = expect.error;
  if (message !== undefined && !String(error.message).includes(message)) return `says "${String(error.message)}"`;
  return findDifference(exact, error, 'error');
}

async function runCases(driver: Driver, server: PlayServer, cases: readonly Case[], live: Live | null): Promise<number> {
  let passed = 0;
  for (const [index, one] of cases.entries()) {
    // A client configured by the environment was set up when the driver started.
    const number = one.client.from_env ? 0 : index + 1;
    if (!live) server.begin(number, one);
    const began = Date.now();
    const result = await driver.perform(callOf(one, number, server.url, live));
    const fault = faultOf(one, result, Date.now() - began);
    const faults = [...(fault === null ? [] : [fault]), ...(live ? [] : server.end(number))];
    if (faults.length === 0) passed++;
    else console.log(`  ✗ ${one.name}\n    ${faults.join('\n    ')}`);
  }
  return passed;
}

async function runLanguage(language: Language, live: Live | null): Promise<Score[]> {
  const missing = language.tools.filter((tool) => !hasTool(tool));
  const none = { passed: 0, total: 0, seconds: 0 };
  if (missing.length > 0)
    return [{ name: language.name, ...none, note: `${process.env.CI ? 'FAILED' : 'skipped'}: no ${missing.join(', ')} here` }];
  const began = Date.now();
  const trouble = build(language);
  if (trouble !== null) {
    console.log(trouble);
    return [{ name: language.name, ...none, note: 'FAILED: it does not build' }];
  }
  const buildS = (Date.now() - began) / 1_000;
  const scores: Score[] = [];
  for (const { name, command, env } of language.drivers)
    scores.push(await runDriver({ language, name, command, env, live, buildS }));
  if (live && only === '') scores.push(runExamples(language.name, live));
  return scores;
}

/** The examples of the documentation in this language. */
function runExamples(language: string, live: Live): Score {
  const began = Date.now();
  console.log(`${language}, examples:`);
  const { passed, total } = runSnippets(language, live, scratch);
  return {
    name: `${language}, docs`,
    passed,
    total,
    seconds: (Date.now() - began) / 1_000,
    note: 'examples of the documentation',
  };
}

interface DriverRun {
  language: Language;
  name: string;
  command: readonly string[];
  env: Record<string, string> | undefined;
  live: Live | null;
  buildS: number;
}

async function runDriver({ language, name, command, env, live, buildS }: DriverRun): Promise<Score> {
  console.log(`${name}:`);
  const agent = new RegExp(`^email-verifier-${language.agent}/${version.replaceAll('.', String.raw`\.`)}( |$)`);
  const server = await startPlayServer({ userAgent: agent, fixtures });
  const [program = '', ...rest] = command;
  const driver = new Driver({
    command: program,
    args: rest,
    cwd: join(SDKS, language.name),
    env: { EMAIL_VERIFIER_API_KEY: 'evk_test_environment', EMAIL_VERIFIER_BASE_URL: `${server.url}/cases/0`, ...env },
  });
  const began = Date.now();
  const isWanted = (one: Case): boolean => one.name.includes(only);
  const [cases, liveCases] = [readCases().filter(isWanted), live ? readLiveCases().filter(isWanted) : []];
  let passed = await runCases(driver, server, cases, null);
  if (live) passed += await runCases(driver, server, liveCases, live);
  driver.close();
  await server.close();
  const note = `built in ${buildS.toFixed(0)} s${live ? `, ${liveCases.length} of them against the product` : ''}`;
  return { name, passed, total: cases.length + liveCases.length, seconds: (Date.now() - began) / 1_000, note };
}

function print(scores: readonly Score[]): void {
  for (const { name, passed, total, seconds, note } of scores)
    console.log(
      `${name.padEnd(14)} ${total === 0 ? '–' : `${passed} of ${total}`}`.padEnd(30),
      `${seconds.toFixed(1)} s`.padStart(8),
      ` ${note}`,
    );
}

const url = valueOf('--live');
const product = args.includes('--product') && url === undefined ? await startProduct() : null;
const live = product
  ? { url: product.url, key: product.makeKey('test') }
  : url === undefined
    ? null
    : { url, key: valueOf('--live', 2) ?? '' };
try {
  const named = LANGUAGES.filter(({ name }) => args.includes(name));
  const scores: Score[] = [];
  for (const language of named.length > 0 || args.includes('curl') ? named : LANGUAGES)
    scores.push(...(await runLanguage(language, live)));
  if (live && only === '' && (named.length === 0 || args.includes('curl'))) scores.push(runExamples('curl', live));
  print(scores);
  if (scores.some(({ passed, total, note }) => passed < total || note.startsWith('FAILED'))) process.exitCode = 1;
} finally {
  await product?.stop();
  rmSync(scratch, { recursive: true, force: true });
}
