// `npm run test:api`: schemathesis sends the running product requests that the OpenAPI document allows, and some that it does not, with a
// test key and with a live one. Fails on a 5xx, and on an undocumented status, type, header or body. The examples are few, the seed is
// fixed and the time for each key is bounded, so that a run ends within three minutes and can be repeated. --url URL KEY… against this
// server, with these keys
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProduct } from '../../sdks/conformance/product';

const VERSION = '4.32.5';
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = join(ROOT, '.data', `schemathesis-${VERSION}`);
const PROGRAM = join(FOLDER, 'bin', 'schemathesis');

const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
];
/** For one key. */
const MAX_S = 75;
const REPORT_BYTES = 64 * 1024 * 1024;
/** An event stream ends when its client leaves, and this client does not. */
const NEVER_ENDS = 'watchList';

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${status}`);
}

function install(): void {
  if (existsSync(PROGRAM)) return;
  console.log(`Installing schemathesis ${VERSION}`);
  run('python3', ['-m', 'venv', FOLDER]);
  run(join(FOLDER, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', `schemathesis==${VERSION}`]);
}

/** The summary of the cases it generated, such as `2028 generated, 2028 passed`. */
const CASES = /^\s*(\d+ generated, .*)$/m;

/** False if something was found; its whole report has been printed then. */
function tryApi(url: string, key: string): boolean {
  const args = [
    ...['run', `${url}/v1/openapi.json`, '--header', `Authorization: Bearer ${key}`, '--checks', CHECKS.join(',')],
    ...['--phases', 'examples,coverage,fuzzing', '--exclude-operation-id', NEVER_ENDS, '--max-examples', '5', '--seed', '1'],
    // With two threads it crashes now and then: an older Python miscounts when both parse (python/cpython#106905).
    ...['--max-time', String(MAX_S), '--workers', '1', '--request-timeout', '45'],
    ...['--suppress-health-check', 'all', '--continue-on-failure', '--no-color'],
  ];
  // It keeps a cache in its working directory.
  const { status, stdout, error } = spawnSync(PROGRAM, args, {
    cwd: FOLDER,
    encoding: 'utf8',
    maxBuffer: REPORT_BYTES,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (error) throw error;
  const cases = CASES.exec(stdout)?.[1];
  const isOk = status === 0 && cases !== undefined;
  console.log(isOk ? `test:api: ${cases}` : stdout);
  return isOk;
}

async function main(): Promise<boolean> {
  install();
  const [option, url = '', ...keys] = process.argv.slice(2);
  if (option === '--url') return keys.map((key) => tryApi(url, key)).every(Boolean);
  const product = await startProduct();
  try {
    return (['test', 'live'] as const).map((mode) => tryApi(product.url, product.makeKey(mode))).every(Boolean);
  } finally {
    await product.stop();
  }
}

process.exitCode = (await main()) ? 0 : 1;
