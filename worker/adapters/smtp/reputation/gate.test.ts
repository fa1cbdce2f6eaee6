import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NOTHING_HAPPENED } from '@/lib/verdict/health';
import { Gate } from './gate';
import { Standing } from './standing';

const clock = { now: () => Date.now() };
const MINUTE_MS = 60_000;
const FULL = { sessions: 8, connectionsPerMinute: 60, recipientsPerMinute: 600 };

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** At full pace unless told otherwise. */
function gateAt(setting: { isKnownProvider?: boolean; workers?: number; makeRoom?: () => void } = {}): Gate {
  const { isKnownProvider = false, workers = 1, makeRoom = () => undefined } = setting;
  const standing = new Standing({ identity: 'mx.example', provider: 'p' }, isKnownProvider, clock.now());
  return new Gate(standing, { clock, pace: FULL, workers: () => workers, makeRoom });
}

/** How many sessions are admitted in this time, if each ends at once. */
async function entriesIn(gate: Gate, ms: number): Promise<number> {
  let entries = 0;
  const until = Date.now() + ms;
  const enterOften = async (): Promise<void> => {
    while (Date.now() < until) {
      if (!(await gate.enter(until, () => Date.now() < until))) return;
      entries += 1;
      gate.leave(false);
    }
  };
  const done = Promise.all([enterOften(), enterOften(), enterOften()]);
  await vi.advanceTimersByTimeAsync(ms + MINUTE_MS);
  await done;
  return entries;
}

/** How many recipients are asked for in this time by a caller that wants as many as possible. */
async function recipientsIn(gate: Gate, ms: number): Promise<number> {
  let asked = 0;
  const until = Date.now() + ms;
  while (Date.now() < until) {
    const count = Math.min(25, gate.allowance);
    gate.spend(count);
    asked += count;
    await vi.advanceTimersByTimeAsync(Math.max(1, gate.waitMs(25)));
  }
  return asked;
}

describe('a provider’s card', () => {
  it('is respected: connections and recipients per minute, whatever is asked for', async () => {
    const saved = 10;
    const entries = await entriesIn(gateAt(), 5 * MINUTE_MS);
    expect(entries).toBeLessThanOrEqual(5 * 60 + saved + 1);
    expect(entries).toBeGreaterThan(4 * 60);
    const recipients = await recipientsIn(gateAt(), 5 * MINUTE_MS);
    expect(recipients).toBeLessThanOrEqual(5 * 600 + 10 * saved + 25);
    expect(recipients).toBeGreaterThan(4 * 600);
  });

  it('names the full pace: a new identity gets half, and live workers share it', async () => {
    expect(gateAt().sessions).toBe(8);
    expect(gateAt({ isKnownProvider: true }).sessions).toBe(4);
    expect(gateAt({ workers: 3 }).sessions).toBe(2);
    expect(gateAt({ workers: 100 }).sessions).toBe(1);
    const entries = await entriesIn(gateAt({ isKnownProvider: true, workers: 2 }), 4 * MINUTE_MS);
    expect(entries).toBeLessThanOrEqual(4 * 15 + 4);
    expect(entries).toBeGreaterThan(3 * 15);
  });

  it('a slow-down halves all of it at once', async () => {
    const standing = new Standing({ identity: 'mx.example', provider: 'p' }, false, clock.now());
    const gate = new Gate(standing, { clock, pace: FULL, workers: () => 1, makeRoom: () => undefined });
    standing.note({ ...NOTHING_HAPPENED, slowDowns: 1 }, clock.now());
    expect(gate.sessions).toBe(4);
    expect(gate.allowance).toBe(50);
    expect(await entriesIn(gate, 4 * MINUTE_MS)).toBeLessThanOrEqual(4 * 30 + 6);
  });
});

describe('a session that waits at a gate', () => {
  it('goes in by deadline, not by arrival', async () => {
    const gate = gateAt({ workers: 8 });
    expect(await gate.enter(0, () => true)).toBe(true);
    const order: string[] = [];
    const wait = (name: string, deadline: number): Promise<void> =>
      gate
        .enter(deadline, () => true)
        .then(() => {
          order.push(name);
          gate.leave(false);
        });
    const all = Promise.all([wait('list', 90_000), wait('list too', 90_000), wait('single', 15_000)]);
    gate.leave(false);
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    await all;
    expect(order).toEqual(['single', 'list', 'list too']);
  });

  it('is told when its place is no longer wanted, and costs no connection', async () => {
    const gate = gateAt({ workers: 8 });
    await gate.enter(0, () => true);
    const gone = gate.enter(1, () => false);
    const next = gate.enter(2, () => true);
    gate.leave(true);
    expect(await gone).toBe(false);
    expect(await next).toBe(true);
  });

  it('gets an idle session’s place if all sessions are in use', async () => {
    const gate = gateAt({
      workers: 8,
      makeRoom: () => {
        gate.leave(false);
      },
    });
    await gate.enter(0, () => true);
    const second = gate.enter(1, () => true);
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(await second).toBe(true);
  });
});
