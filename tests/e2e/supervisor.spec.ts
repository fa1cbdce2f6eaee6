// `npm start` as an operator meets it: a process that dies is restarted, a second start says what is wrong, and stopping leaves nothing
// behind.
import { spawnSync } from 'node:child_process';
import { expect } from 'playwright/test';
import { findRuntime } from '../../scripts/runtime';
import {
  childPid,
  childPids,
  createUser,
  isOk,
  isReady,
  killChild,
  POSTGRES,
  runUserCreate,
  STAND_IN,
  stop,
  test,
  WEB,
  WORKER,
} from './own-product';

const STOP_LIMIT_MS = 10_000;

test.describe.configure({ mode: 'default' });

for (const [name, pattern] of [
  ['the worker', WORKER],
  ['the web server', WEB],
  ['the Stripe stand-in', STAND_IN],
  ['PostgreSQL', POSTGRES],
] as const) {
  test(`${name} is killed and comes back`, async ({ own }) => {
    const product = await own.ready();
    const killed = killChild(product, pattern);
    await expect.poll(() => childPids(product, pattern).some((pid) => pid !== killed)).toBe(true);
    await expect.poll(() => isReady(product), { timeout: 200_000 }).toBe(true);
  });
}

test('the web server is back soon each time, however quickly it is killed again', async ({ own }) => {
  const product = await own.ready();
  const outages: number[] = [];
  for (let round = 0; round < 3; round++) {
    const since = Date.now();
    killChild(product, WEB);
    const isAnswering = () => isOk(`http://127.0.0.1:${product.port}/healthz`);
    await expect.poll(isAnswering, { intervals: [50], timeout: 200_000 }).toBe(true);
    outages.push(Date.now() - since);
  }
  test.info().annotations.push({ type: 'outages of the web server, ms', description: outages.join(', ') });
  console.log(`the web server was back after ${outages.join(', ')} ms`);
});

test('a second start on the same folder says that one is running', async ({ own }) => {
  const { env, port } = await own.ready();
  const second = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], { env, encoding: 'utf8' });
  expect(second.status).toBe(1);
  expect(second.stderr).toContain(`already running on this folder: http://localhost:${port}`);
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  // `npm test` runs this one too, for one of the signals.
  test(`${signal} ends everything cleanly and soon`, { tag: signal === 'SIGINT' ? '@stop' : [] }, async ({ own }) => {
    const product = await own.ready();
    const pids = [WORKER, WEB, STAND_IN, POSTGRES].map((pattern) => childPid(product, pattern));
    const since = Date.now();
    expect(await stop(product, signal)).toBe(0);
    expect(Date.now() - since).toBeLessThan(STOP_LIMIT_MS);
    for (const pid of pids) expect(isAlive(pid)).toBe(false);
  });
}

test('a supervisor that was killed leaves a database that the next start takes over', async ({ own }) => {
  const product = await own.ready();
  const key = await createUser(product, 'kept@example.org');
  const rest = [WORKER, WEB, STAND_IN].map((pattern) => childPid(product, pattern));
  const postgres = childPid(product, POSTGRES);
  product.supervisor.kill('SIGKILL');
  await product.exited;
  // Web and worker notice that their parent is gone.
  for (const pid of rest) await expect.poll(() => isAlive(pid)).toBe(false);
  expect(isAlive(postgres)).toBe(true);
  const { site } = await own.ready();
  expect(await statusOfCredits(site, key)).toBe(200);
  expect(isAlive(postgres)).toBe(true);
});

/** Whether the product or only the command has begun to start, neither may stop the database for the other. */
test('commands beside a product that is starting find its database, and leave it to it', async ({ own }) => {
  const before = await own.ready();
  await stop(before);
  const first = runUserCreate(before, 'first@example.org');
  const product = await own.begin();
  const second = runUserCreate(product, 'second@example.org');
  await expect.poll(() => findRuntime(own.dataDir)).not.toBeNull();
  const third = runUserCreate(product, 'third@example.org');
  for (const { code, said } of await Promise.all([first, second, third])) expect({ code, said }).toMatchObject({ code: 0 });
  await own.ready();
  const postgres = childPids(product, POSTGRES);
  expect(await statusOfCredits(product.site, await createUser(product, 'fourth@example.org'))).toBe(200);
  // PostgreSQL was never stopped and started again under the product.
  expect(childPids(product, POSTGRES)).toEqual(postgres);
});

const statusOfCredits = (site: string, key: string): Promise<number> =>
  fetch(`${site}/v1/credits`, { headers: { authorization: `Bearer ${key}` } }).then(({ status }) => status);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
