import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, expect, it, vi } from 'vitest';
import { awaitVerification } from '@/lib/verifications/read';
import { startVerification } from '@/lib/verifications/start';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { isAlive } from './heartbeat';

useTestDatabase();

// A cold start of the whole engine takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const WORKER = ['--enable-source-maps', 'dist/worker.js'];

/** A process that runs the real worker, with the sandbox as its internet and an identity that needs no lookup. */
function launch(args: readonly string[], more: Record<string, string> = {}) {
  const identity = [{ address: null, helo: 'probe.example.net', mail_from: '' }];
  const settings = {
    MAIL_SANDBOX: 'on',
    SENDING_IDENTITIES: JSON.stringify(identity),
    NODE_ENV: 'production',
    LOG_LEVEL: 'info',
    ...more,
  };
  const child = spawn(process.execPath, args, { env: { ...process.env, ...settings }, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const line = (text: string) =>
    vi.waitFor(
      () => {
        const found = lines.find((candidate) => candidate.includes(text));
        if (found === undefined) throw new Error(`not said: ${text}`);
        return found;
      },
      { timeout: 100_000 },
    );
  return { child, line };
}

it('the worker answers a check of a sandbox mailbox and exits with 0 when told to end', async () => {
  const { child, line } = launch(WORKER);
  await line('"ready"');
  const scope = await makeWorkspace(3);
  const started = await startVerification(scope, { email: 'alice@deliverable.sandbox.test', source: 'api' });
  if (!started.ok) throw started.error;
  const view = await awaitVerification(scope, started.value.id, 15_000);
  expect(view).toMatchObject({ status: 'deliverable', reason: 'mailbox_exists', creditsCharged: 1 });
  expect(view.layers).toHaveLength(7);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

it('the worker ends when its parent is killed', async () => {
  const parent = `const child = require('node:child_process').spawn(process.execPath, ${JSON.stringify(WORKER)}, { stdio: 'inherit' });
    console.log('worker pid ' + child.pid);`;
  const { child, line } = launch(['-e', parent]);
  const pid = Number((await line('worker pid ')).split(' ').at(-1));
  await line('"ready"');
  expect(isAlive(pid)).toBe(true);
  child.kill('SIGKILL');
  await expect.poll(() => isAlive(pid), { interval: 100 }).toBe(false);
});

it('a worker without its database exits with 1, and its log has no password', async () => {
  const { child, line } = launch(WORKER, { DATABASE_URL: 'postgresql://someone:very-secret@127.0.0.1:1/nothing' });
  const said = await line('the worker can not go on');
  expect(said).not.toContain('very-secret');
  expect(await once(child, 'exit')).toEqual([1, null]);
});
