import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Deadlines, STEP_MS } from './deadlines';

const START = 1_000_000;
const MANY = 100;

function waiter(name: string, rung: string[]) {
  return { name, expire: () => void rung.push(name) };
}

describe('Deadlines', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: START });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const clock = { now: () => Date.now() };

  it('expires a waiter at its deadline at the latest, and at most one step before it', () => {
    const deadlines = new Deadlines(clock);
    const rungAt: number[] = [];
    const moments = [1, 7, 10, 14, 99, 250].map((ms) => START + ms);
    for (const moment of moments) deadlines.set(moment, { expire: () => void rungAt.push(Date.now()) });
    vi.advanceTimersByTime(1_000);
    expect(rungAt).toHaveLength(moments.length);
    for (const [index, moment] of moments.entries()) {
      expect(rungAt[index]).toBeLessThanOrEqual(moment);
      expect(rungAt[index]).toBeGreaterThan(moment - STEP_MS);
    }
  });

  it('expires a passed deadline at once, and only once', () => {
    const rung: string[] = [];
    const deadlines = new Deadlines(clock);
    const alarm = deadlines.set(START - 500, waiter('late', rung));
    vi.advanceTimersByTime(1);
    deadlines.clear(alarm);
    vi.advanceTimersByTime(60_000);
    expect(rung).toEqual(['late']);
    expect(deadlines.waiting).toEqual([]);
  });

  it('forgets a cleared waiter and no other, however often it is cleared', () => {
    const rung: string[] = [];
    const deadlines = new Deadlines(clock);
    const first = deadlines.set(START + 100, waiter('first', rung));
    deadlines.set(START + 101, waiter('second', rung));
    deadlines.clear(first);
    deadlines.clear(first);
    expect(deadlines.waiting).toHaveLength(1);
    vi.advanceTimersByTime(200);
    expect(rung).toEqual(['second']);
  });

  it('shares one timer among many waiters, and leaves no timer without waiters', () => {
    const deadlines = new Deadlines(clock);
    const alarms = Array.from({ length: MANY }, (_, index) => deadlines.set(START + 5_000, waiter(String(index), [])));
    expect(vi.getTimerCount()).toBe(1);
    for (const alarm of alarms) deadlines.clear(alarm);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('lets an expired waiter set and clear others of the same step', () => {
    const rung: string[] = [];
    const deadlines = new Deadlines(clock);
    deadlines.set(START + 50, {
      expire: () => {
        rung.push('first');
        deadlines.clear(second);
        deadlines.set(START + 50, waiter('again', rung));
      },
    });
    const second = deadlines.set(START + 50, waiter('second', rung));
    vi.advanceTimersByTime(100);
    expect(rung).toEqual(['first', 'again']);
  });

  it('does not expire early if a deadline is further away than a timer can count', () => {
    const rung: string[] = [];
    const deadlines = new Deadlines(clock);
    const alarm = deadlines.set(Number.POSITIVE_INFINITY, waiter('never', rung));
    vi.advanceTimersByTime(60_000);
    expect(rung).toEqual([]);
    deadlines.clear(alarm);
  });
});
