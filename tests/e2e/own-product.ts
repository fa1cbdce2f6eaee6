// A product on a scratch folder whose processes a test may kill. Starting one takes ten seconds on a small machine, so the tests of a
// Playwright worker share it: each asks for a ready product and gets the running one, or a new start on the folder if none runs any more.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from 'playwright/test';
import { z } from 'zod';
import { freePort } from '../../scripts/embedded-postgres';
import { PASSWORD } from './accounts';

export interface Product {
  port: number;
  site: string;
  env: NodeJS.ProcessEnv;
  supervisor: ChildProcess;
  exited: Promise<number | null>;
}

export interface OwnProduct {
  dataDir: string;
  /** Begins a start without waiting for it. */
  begin: () => Promise<Product>;
  /** The product, once it is ready. */
  ready: () => Promise<Product>;
}

const accountSchema = z.object({ api_key: z.string() });

export const WORKER = /worker\/main\.ts/;
export const WEB = /scripts\/web\.ts/;
export const STAND_IN = /scripts\/stand-in\.ts/;
export const POSTGRES = /postgres -D/;

export const test = base.extend<object, { own: OwnProduct }>({
  own: [
    // Playwright reads from the pattern that it needs no other fixture.
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from it what a fixture needs
    async ({}, use) => {
      const dataDir = mkdtempSync(join(tmpdir(), 'own-product-'));
      chmodSync(dataDir, 0o755);
      const started: Product[] = [];
      const begin = async () => {
        const product = await startProduct(dataDir);
        started.push(product);
        return product;
      };
      const ready = async () => {
        const found = started.find(isRunning) ?? (await begin());
        await expect.poll(() => isReady(found), { timeout: 200_000 }).toBe(true);
        return found;
      };
      await use({ dataDir, begin, ready });
      await Promise.all(started.filter(isRunning).map((product) => stop(product)));
      rmSync(dataDir, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
});

const isRunning = ({ supervisor }: Product) => supervisor.exitCode === null && supervisor.signalCode === null;

async function startProduct(dataDir: string): Promise<Product> {
  const port = await freePort();
  const env = { ...process.env, PORT: String(port), DATA_DIR: dataDir, DATABASE_URL: '', APP_URL: '', LOG_LEVEL: 'warn' };
  const supervisor = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], { env, stdio: 'ignore' });
  const exited = new Promise<number | null>((done) => supervisor.once('exit', (code) => done(code)));
  return { port, site: `http://localhost:${port}`, env, supervisor, exited };
}

/** Stops it as an operator does, and returns the exit code. */
export async function stop({ supervisor, exited }: Product, signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM'): Promise<number | null> {
  supervisor.kill(signal);
  return exited;
}

export const isReady = ({ port }: Product): Promise<boolean> => isOk(`http://127.0.0.1:${port}/readyz`);

export const isOk = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
    ({ ok }) => ok,
    () => false,
  );

/** Its processes of one kind, found below the supervisor. */
export function childPids({ supervisor }: Product, pattern: RegExp): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(parent) === supervisor.pid && pattern.test(args ?? '') ? [Number(pid)] : [];
  });
}

export function childPid(product: Product, pattern: RegExp): number {
  const [pid] = childPids(product, pattern);
  if (pid === undefined) throw new Error(`no process ${String(pattern)}`);
  return pid;
}

/** Kills one process and returns its id. */
export function killChild(product: Product, pattern: RegExp): number {
  const pid = childPid(product, pattern);
  process.kill(pid, 'SIGKILL');
  return pid;
}

/** Creates a user with the command line beside the product; returns the API key. */
export async function createUser(product: Product, email: string, credits = 0): Promise<string> {
  const { code, out, said } = await runUserCreate(product, email, credits);
  expect({ code, said }).toMatchObject({ code: 0 });
  return accountSchema.parse(JSON.parse(out)).api_key;
}

export function runUserCreate(
  { env }: Pick<Product, 'env'>,
  email: string,
  credits = 0,
): Promise<{ code: number | null; out: string; said: string }> {
  const user = ['--email', email, '--password', PASSWORD, ...(credits > 0 ? ['--credits', String(credits)] : [])];
  const args = ['--import', 'tsx', 'cli/main.ts', 'user', 'create', ...user];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let said = '';
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  return new Promise((done) => child.once('close', (code) => done({ code, out, said })));
}
