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
  await vi.waitFor(() => expect(started).toHaveLength(2), { timeout: 5_000 });
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

test('a process that keeps ending is started at growing intervals', async () => {
  vi.useFakeTimers();
  const ends: (() => void)[] = [];
  const reports: string[] = [];
  const start = vi.fn(async (): Promise<Running> => {
    const exited = new Promise<void>((done) => ends.push(done));
    return { exited, stop: () => ends.at(-1)?.(), kill: () => undefined };
  });
  const supervised = await supervise({ name: 'flapping', report: (line) => reports.push(line), start });
  for (let round = 0; round < 7; round++) {
    ends.at(-1)?.();
    await vi.advanceTimersByTimeAsync(20_000);
  }
  expect(reports.map((line) => line.replace(/.* in /, ''))).toEqual(['0.5 s', '1 s', '2 s', '4 s', '8 s', '15 s', '15 s']);
  await supervised.stop(1_000);
  vi.useRealTimers();
});
