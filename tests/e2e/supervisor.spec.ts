// `npm start` as an operator meets it: a process that dies comes back, a second start says what is wrong, and stopping leaves
// nothing behind. Each test runs a product of its own on a scratch folder; its processes are found below the supervisor.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { freePort } from '../../scripts/embedded-postgres';

const accountSchema = z.object({ api_key: z.string() });
const STOP_LIMIT_MS = 10_000;

interface Product {
  port: number;
  env: NodeJS.ProcessEnv;
  supervisor: ChildProcess;
  exited: Promise<number | null>;
}

let product: Product;
let dataDir: string;

test.describe.configure({ timeout: 120_000 });

test.beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'supervised-'));
  chmodSync(dataDir, 0o755);
  product = await startProduct();
  await untilReady(product.port, true);
});

test.afterEach(async () => {
  product.supervisor.kill('SIGTERM');
  await product.exited;
  rmSync(dataDir, { recursive: true, force: true });
});

for (const [name, pattern] of [
  ['the worker', /worker\/main\.ts/],
  ['the web server', /scripts\/web\.ts/],
  ['the Stripe stand-in', /scripts\/stand-in\.ts/],
  ['PostgreSQL', /postgres -D/],
] as const) {
  test(`${name} is killed and comes back`, async () => {
    const killed = childPid(product, pattern);
    process.kill(killed, 'SIGKILL');
    await expect.poll(() => childPids(product, pattern).some((pid) => pid !== killed), { timeout: 30_000 }).toBe(true);
    await untilReady(product.port, true);
  });
}

test('a second start on the same folder says that one is running', () => {
  const second = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], { env: product.env, encoding: 'utf8' });
  expect(second.status).toBe(1);
  expect(second.stderr).toContain(`already running on this folder: http://localhost:${product.port}`);
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal} ends everything cleanly and soon`, async () => {
    const pids = [/worker\/main\.ts/, /scripts\/web\.ts/, /scripts\/stand-in\.ts/, /postgres -D/].map((pattern) =>
      childPid(product, pattern),
    );
    const since = Date.now();
    product.supervisor.kill(signal);
    expect(await product.exited).toBe(0);
    expect(Date.now() - since).toBeLessThan(STOP_LIMIT_MS);
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow();
  });
}

test('a supervisor that was killed leaves a database that the next start takes over', async () => {
  const account = createUser(product.env);
  const rest = [/worker\/main\.ts/, /scripts\/web\.ts/, /scripts\/stand-in\.ts/].map((pattern) => childPid(product, pattern));
  const postgres = childPid(product, /postgres -D/);
  product.supervisor.kill('SIGKILL');
  await product.exited;
  // Web and worker notice that their parent is gone.
  for (const pid of rest) await expect.poll(() => isAlive(pid), { timeout: 15_000 }).toBe(false);
  expect(isAlive(postgres)).toBe(true);
  product = await startProduct();
  await untilReady(product.port, true);
  const response = await fetch(`http://127.0.0.1:${product.port}/v1/credits`, {
    headers: { authorization: `Bearer ${account.api_key}` },
  });
  expect(response.status).toBe(200);
  await expect.poll(() => isAlive(postgres)).toBe(true);
});

async function startProduct(): Promise<Product> {
  const port = await freePort();
  const env = { ...process.env, PORT: String(port), DATA_DIR: dataDir, DATABASE_URL: '', APP_URL: '', LOG_LEVEL: 'warn' };
  const supervisor = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], { env, stdio: 'ignore' });
  return { port, env, supervisor, exited: new Promise((done) => supervisor.once('exit', (code) => done(code))) };
}

async function untilReady(port: number, isReady: boolean): Promise<void> {
  const ask = () =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect.poll(ask, { timeout: 60_000 }).toBe(isReady);
}

function childPids({ supervisor }: Product, pattern: RegExp): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(parent) === supervisor.pid && pattern.test(args ?? '') ? [Number(pid)] : [];
  });
}

function childPid(of: Product, pattern: RegExp): number {
  const [pid] = childPids(of, pattern);
  if (pid === undefined) throw new Error(`no process ${String(pattern)}`);
  return pid;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function createUser(env: NodeJS.ProcessEnv): z.infer<typeof accountSchema> {
  const args = [
    '--import',
    'tsx',
    'cli/main.ts',
    'user',
    'create',
    '--email',
    'kept@example.org',
    '--password',
    'violet harbour lantern 42',
  ];
  return accountSchema.parse(JSON.parse(spawnSync(process.execPath, args, { env, encoding: 'utf8' }).stdout));
}
