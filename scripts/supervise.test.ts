import { spawn } from 'node:child_process';
import { expect, test, vi } from 'vitest';
import { running, supervise, type Running } from './supervise';

const node = (script: string) => spawn(process.execPath, ['-e', script], { stdio: 'ignore' });
const FOREVER = 'setInterval(() => {}, 1e6)';

test('a process that is killed is started again', async () => {
  const started: number[] = [];
  let newest = node('');
  const supervised = await supervise({
    name: 'child',
    report: () => undefined,
    start: async () => {
      newest = node(FOREVER);
      started.push(newest.pid ?? 0);
      return running(newest);
    },
  });
  newest.kill('SIGKILL');
  await expect.poll(() => started).toHaveLength(2);
  await supervised.stop(1_000);
  expect(() => process.kill(started[1] ?? 0, 0)).toThrow();
});

test('stopping is final: nothing is started again', async () => {
  const start = vi.fn(async () => running(node(FOREVER)));
  const supervised = await supervise({ name: 'child', report: () => undefined, start });
  await supervised.stop(1_000);
  expect(start).toHaveBeenCalledTimes(1);
});

test('a process that ignores the request is killed at the deadline', async () => {
  const child = spawn(process.execPath, ['-e', `process.on('SIGTERM', () => {}); console.log('up'); ${FOREVER}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const supervised = await supervise({ name: 'deaf', report: () => undefined, start: async () => running(child) });
  await new Promise((up) => child.stdout.once('data', up));
  await supervised.stop(100);
  expect(child.signalCode).toBe('SIGKILL');
});

/** A process that ends when the test says so; `reports` are the announced delays. */
async function flapping() {
  vi.useFakeTimers();
  const ends: (() => void)[] = [];
  const reports: string[] = [];
  const start = vi.fn(async (): Promise<Running> => {
    const exited = new Promise<void>((done) => ends.push(done));
    return { exited, stop: () => ends.at(-1)?.(), kill: () => undefined };
  });
  const supervised = await supervise({ name: 'flapping', report: (line) => reports.push(line), start });
  const end = async (afterMs: number) => {
    await vi.advanceTimersByTimeAsync(afterMs);
    const before = start.mock.calls.length;
    ends.at(-1)?.();
    await vi.advanceTimersByTimeAsync(0);
    const isAtOnce = start.mock.calls.length > before;
    // Long enough for every delay, and not counted as uptime of the process.
    if (!isAtOnce) await vi.advanceTimersToNextTimerAsync();
    return isAtOnce;
  };
  const stop = async () => {
    await supervised.stop(1_000);
    vi.useRealTimers();
  };
  return { end, reports, stop };
}

test('a process that keeps ending is started at once, then at growing intervals', async () => {
  const { end, reports, stop } = await flapping();
  expect(await end(100)).toBe(true);
  for (let round = 0; round < 7; round++) expect(await end(100)).toBe(false);
  expect(reports.map((line) => line.replace(/.* again(?: in )?/, ''))).toEqual([
    '',
    '0.5 s',
    '1 s',
    '2 s',
    '4 s',
    '8 s',
    '15 s',
    '15 s',
  ]);
  await stop();
});

test('a process that was up for a while is started at once, however often it ended before', async () => {
  const { end, stop } = await flapping();
  for (let round = 0; round < 4; round++) await end(100);
  for (let round = 0; round < 4; round++) expect(await end(10_000)).toBe(true);
  await stop();
});
