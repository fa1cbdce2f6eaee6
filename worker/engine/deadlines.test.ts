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

  it('rings at the moment at the latest, and at most a step before it', () => {
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

  it('rings at once for a moment that has passed, and once only', () => {
    const rung: string[] = [];
    const deadlines = new Deadlines(clock);
    const alarm = deadlines.set(START - 500, waiter('late', rung));
    vi.advanceTimersByTime(1);
    deadlines.clear(alarm);
    vi.advanceTimersByTime(60_000);
    expect(rung).toEqual(['late']);
    expect(deadlines.waiting).toEqual([]);
  });

  it('forgets whoever is cleared and nobody else, however often', () => {
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

  it('shares one timer among many, and leaves none behind for nobody', () => {
    const deadlines = new Deadlines(clock);
    const alarms = Array.from({ length: MANY }, (_, index) => deadlines.set(START + 5_000, waiter(String(index), [])));
    expect(vi.getTimerCount()).toBe(1);
    for (const alarm of alarms) deadlines.clear(alarm);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('lets whoever is rung for set and clear others of the same moment', () => {
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

  it('does not ring for a moment that is further away than a timer can count', () => {
    const rung: string[] = [];
    const deadlines = new Deadlines(clock);
    const alarm = deadlines.set(Number.POSITIVE_INFINITY, waiter('never', rung));
    vi.advanceTimersByTime(60_000);
    expect(rung).toEqual([]);
    deadlines.clear(alarm);
  });
});
