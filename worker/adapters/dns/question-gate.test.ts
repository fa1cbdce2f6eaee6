import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createQuestionGate } from './server';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('starts no more questions than it has places, in the order they came', async () => {
  const gate = createQuestionGate({ places: () => 2, holdMs: 250 });
  const started: number[] = [];
  const finish: (() => void)[] = [];
  const asked = [1, 2, 3, 4].map((n) => gate(() => new Promise<void>((resolve) => (started.push(n), finish.push(resolve)))));
  await vi.advanceTimersByTimeAsync(0);
  expect(started).toEqual([1, 2]);
  finish[1]?.();
  await asked[1];
  await vi.advanceTimersByTimeAsync(0);
  expect(started).toEqual([1, 2, 3]);
});

it('gives the place of an unanswered question to the next after the holding time, and only once', async () => {
  const gate = createQuestionGate({ places: () => 1, holdMs: 250 });
  let finishFirst = (): void => undefined;
  const started: number[] = [];
  const never = new Promise<void>(() => undefined);
  const first = gate(() => new Promise<void>((resolve) => (finishFirst = resolve)));
  for (const n of [2, 3]) void gate(() => (started.push(n), never));
  await vi.advanceTimersByTimeAsync(249);
  expect(started).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(started).toEqual([2]);
  finishFirst();
  await first;
  await vi.advanceTimersByTimeAsync(0);
  expect(started).toEqual([2]);
  await vi.advanceTimersByTimeAsync(250);
  expect(started).toEqual([2, 3]);
});

it('gives the place back when the question fails', async () => {
  const gate = createQuestionGate({ places: () => 1, holdMs: 250 });
  await expect(gate(() => Promise.reject(new Error('SERVFAIL')))).rejects.toThrow('SERVFAIL');
  expect(await gate(() => Promise.resolve('answered'))).toBe('answered');
});

it('admits repeated questions first, and as many as there are places at the moment', async () => {
  let places = 1;
  const gate = createQuestionGate({ places: () => places, holdMs: 250 });
  const started: string[] = [];
  const never = new Promise<void>(() => undefined);
  const asks = (name: string, isAgain = false) => void gate(() => (started.push(name), never), { isAgain });
  asks('first');
  asks('new');
  asks('again', true);
  await vi.advanceTimersByTimeAsync(250);
  expect(started).toEqual(['first', 'again']);
  places = 2;
  asks('newer');
  await vi.advanceTimersByTimeAsync(250);
  expect(started).toEqual(['first', 'again', 'newer', 'new']);
});
