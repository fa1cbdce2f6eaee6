// Several real processes on one folder: they start one server together, and none stops it while another uses it.
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { Client } from 'pg';
import { startPostgres } from './embedded-postgres';

/** Starts or adopts the server, prints its port, and leaves when it reads a line. */
const USER = `
  import { startPostgres } from './scripts/embedded-postgres';
  const postgres = await startPostgres({ dataDir: process.env.PG_DIR, password: 'test', fast: true });
  console.log('port ' + postgres.port);
  await new Promise((done) => process.stdin.once('data', done));
  await postgres.stop();
  await postgres.exited;
  process.exit(0);`;

/** Each test starts Node processes that compile what they load, and the first one starts a database. */
vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'postgres-users-'));
const users: ChildProcess[] = [];

beforeAll(() => chmodSync(folder, 0o755));
afterEach(async () => {
  for (const user of users.splice(0)) user.kill('SIGKILL');
  // This process is the only user left, so its stop() ends the server.
  await (await startPostgres({ dataDir: join(folder, 'pg'), password: 'test', fast: true })).stop();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface User {
  port: number;
  /** Resolves with the exit code. */
  leave: () => Promise<number | null>;
  kill: () => Promise<unknown>;
}

async function joinIn(): Promise<User> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', USER], {
    env: { ...process.env, PG_DIR: join(folder, 'pg') },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  users.push(child);
  const exited = new Promise<number | null>((done) => child.once('exit', done));
  const port = await new Promise<number>((done, failed) => {
    child.stdout.on('data', (data: Buffer) => {
      const found = /port (\d+)/.exec(data.toString())?.[1];
      if (found !== undefined) done(Number(found));
    });
    child.once('exit', () => failed(new Error('it ended before it had a server')));
  });
  return {
    port,
    leave: () => {
      child.stdin.write('leave\n');
      return exited;
    },
    kill: () => {
      child.kill('SIGKILL');
      return exited;
    },
  };
}

async function isUp(port: number, password = 'test'): Promise<boolean> {
  const client = new Client({ host: '127.0.0.1', port, user: 'postgres', password, database: 'postgres' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

test('two processes that start at the same moment on a new folder share one server', async () => {
  const [first, second] = await Promise.all([joinIn(), joinIn()]);
  expect(first.port).toBe(second.port);
  expect(await isUp(first.port)).toBe(true);
});

test('the server keeps running when either of two processes leaves', async () => {
  const first = await joinIn();
  const second = await joinIn();
  expect(await second.leave()).toBe(0);
  expect(await isUp(first.port)).toBe(true);
  const third = await joinIn();
  expect(await first.leave()).toBe(0);
  expect(await isUp(third.port)).toBe(true);
  expect(await third.leave()).toBe(0);
  await expect.poll(() => isUp(third.port)).toBe(false);
});

test('a killed process no longer counts as a user', async () => {
  const first = await joinIn();
  const second = await joinIn();
  await first.kill();
  expect(await isUp(second.port)).toBe(true);
  expect(await second.leave()).toBe(0);
  await expect.poll(() => isUp(second.port)).toBe(false);
});

// Only root runs PostgreSQL under another account, which may not be able to reach the folder.
test.runIf(process.getuid?.() === 0)(
  'a folder that was deleted and created again gets a new database, wherever its data is stored',
  async () => {
    const closed = mkdtempSync(join(tmpdir(), 'postgres-closed-'));
    const start = (password: string) => startPostgres({ dataDir: join(closed, 'data/pg'), password, fast: true });
    try {
      await (await start('first')).stop();
      const again = await start('first');
      expect(await isUp(again.port, 'first')).toBe(true);
      await again.stop();
      rmSync(closed, { recursive: true });
      mkdirSync(closed, { mode: 0o700 });
      const anew = await start('second');
      expect(await isUp(anew.port, 'second')).toBe(true);
      await anew.stop();
    } finally {
      rmSync(closed, { recursive: true, force: true });
      const hash = createHash('sha256').update(join(closed, 'data/pg')).digest('hex').slice(0, 12);
      rmSync(join('/var/lib/embedded-postgres', hash), { recursive: true, force: true });
    }
  },
);
