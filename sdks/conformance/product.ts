// Runs the product itself, in local mode with a separate data folder, for the cases that also run against the real API. Returns its address
// and the keys of new accounts.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../scripts/embedded-postgres';
import { SDKS } from './languages';

type Mode = 'test' | 'live';

export interface Product {
  url: string;
  /** A key of a new account for each mode, on the largest plan and with credits. */
  makeKey: (mode: Mode) => string;
  stop: () => Promise<void>;
}

const READY_WITHIN_MS = 600_000;
const STOP_WITHIN_MS = 20_000;
const ROOT = join(SDKS, '..');

export async function startProduct(): Promise<Product> {
  const dir = mkdtempSync(join(tmpdir(), 'sdks-product-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    APP_MODE: 'local',
    DATA_DIR: dir,
    DATABASE_URL: '',
    PORT: String(port),
    APP_URL: url,
    LOG_LEVEL: 'warn',
  };
  const child = spawn('node', ['--import', 'tsx', 'scripts/start.ts'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const stop = () => stopProduct(child, dir);
  try {
    await untilReady(url, child);
    return { url, makeKey: (mode) => createKey(mode, env), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the product ended with ${child.exitCode} before it was ready`);
    const isReady = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    await sleep(500);
  }
  throw new Error('the product was not ready in time');
}

function createKey(mode: Mode, env: NodeJS.ProcessEnv): string {
  const line = ['--import', 'tsx', 'sdks/conformance/test-account.ts', mode];
  const made = spawnSync('node', line, { cwd: ROOT, env, encoding: 'utf8' });
  const key = made.stdout.trim().split('\n').at(-1) ?? '';
  if (made.status !== 0 || !key.startsWith(`evk_${mode}_`)) throw new Error(`no key was made: ${made.stderr}${made.stdout}`);
  return key;
}

async function stopProduct(child: ChildProcess, dir: string): Promise<void> {
  if (child.exitCode === null) {
    child.kill('SIGTERM');
    await Promise.race([once(child, 'exit'), sleep(STOP_WITHIN_MS)]);
    child.kill('SIGKILL');
  }
  rmSync(dir, { recursive: true, force: true });
}
