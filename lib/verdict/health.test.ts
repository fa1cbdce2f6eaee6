import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addTallies,
  applyHealth,
  CUT_INTERVAL_MS,
  FULL_PACE,
  GROWTH_A_SECOND,
  newHealth,
  NOTHING_HAPPENED,
  PACE_FLOOR,
  phaseOf,
  REFUSAL_WINDOW_ANSWERS,
  REFUSAL_WINDOW_MS,
  REFUSALS_BORNE,
  REST_LADDER_MS,
  type HealthTally,
  type SendingHealth,
} from './health';

const T0 = 1_700_000_000_000;
const MINUTE_MS = 60_000;
const clean = (answered: number): HealthTally => ({ ...NOTHING_HAPPENED, answered });
const slowDown: HealthTally = { ...NOTHING_HAPPENED, slowDowns: 1 };
const refusals = (refused: number): HealthTally => ({
  ...NOTHING_HAPPENED,
  refused,
  lastRefusal: { at: T0, text: '550 5.7.1 blocked' },
});
const apply = (state: SendingHealth, events: readonly (readonly [number, HealthTally])[]): SendingHealth =>
  events.reduce((health, [at, tally]) => applyHealth(health, tally, at), state);
/** Refused until it rests, with one refusal per second. */
const refusedFrom = (state: SendingHealth, at: number, times: number): SendingHealth =>
  apply(
    state,
    Array.from({ length: times }, (_, n) => [at + n * 1_000, refusals(1)] as const),
  );

const tallies = fc.record({ answered: fc.nat(500), slowDowns: fc.nat(3), refused: fc.nat(6), lastRefusal: fc.constant(null) });
const histories = fc.array(fc.tuple(fc.nat(30 * MINUTE_MS), tallies), { maxLength: 60 });

describe('the pace', () => {
  it('stays within its bounds and never grows faster than allowed, whatever happens', () => {
    fc.assert(
      fc.property(histories, (history) => {
        let now = T0;
        let health = newHealth(0.5, now);
        for (const [waitMs, tally] of history) {
          const before = health.pace;
          now += waitMs;
          health = applyHealth(health, tally, now);
          expect(health.pace).toBeGreaterThanOrEqual(PACE_FLOOR);
          expect(health.pace).toBeLessThanOrEqual(FULL_PACE);
          expect(health.pace - before).toBeLessThanOrEqual((waitMs / 1_000) * GROWTH_A_SECOND + 1e-9);
          if (tally.slowDowns > 0) expect(health.pace).toBeLessThanOrEqual(before);
        }
      }),
    );
  });

  it('is halved once for one event, however often and by however many workers it is reported', () => {
    const health = apply(newHealth(1, T0), [
      [T0, slowDown],
      [T0 + 100, { ...slowDown, slowDowns: 12 }],
      [T0 + CUT_INTERVAL_MS - 1, slowDown],
    ]);
    expect(health.pace).toBe(0.5);
    expect(applyHealth(health, slowDown, T0 + CUT_INTERVAL_MS).pace).toBe(0.25);
  });

  it('grows by 0.05 for twenty clean answers, and not at all without them', () => {
    const slowed = applyHealth(newHealth(1, T0), slowDown, T0);
    expect(applyHealth(slowed, clean(20), T0 + 10_000).pace).toBeCloseTo(0.55);
    expect(applyHealth(slowed, clean(10_000), T0 + 1_000).pace).toBeCloseTo(0.5 + GROWTH_A_SECOND);
    expect(applyHealth(slowed, NOTHING_HAPPENED, T0 + 3_600_000).pace).toBe(0.5);
  });
});

describe('the rest', () => {
  it('begins with the fifth refusal in a row, at once, even after a long good past', () => {
    const good = apply(newHealth(1, T0), [[T0, clean(5_000)]]);
    const borne = refusedFrom(good, T0 + 1_000, REFUSALS_BORNE - 1);
    expect(phaseOf(borne, T0 + 10_000)).toBe('working');
    const resting = applyHealth(borne, refusals(1), T0 + 10_000);
    expect(phaseOf(resting, T0 + 10_000)).toBe('resting');
    expect(resting).toMatchObject({
      restsUntil: T0 + 10_000 + REST_LADDER_MS[0],
      rests: 1,
      lastRefusal: { text: '550 5.7.1 blocked' },
    });
  });

  it('does not begin while answers outnumber refusals, nor for refusals that are far apart', () => {
    const mixed = apply(
      newHealth(1, T0),
      Array.from({ length: 20 }, (_, n) => [T0 + n * 1_000, addTallies(clean(3), refusals(1))] as const),
    );
    expect(mixed.restsUntil).toBeNull();
    const rare = apply(
      newHealth(1, T0),
      Array.from({ length: 20 }, (_, n) => [T0 + n * REFUSAL_WINDOW_MS, refusals(1)] as const),
    );
    expect(rare.restsUntil).toBeNull();
  });

  it('a block is not hidden by earlier answers in the same window', () => {
    const busy = apply(newHealth(1, T0), [
      [T0, refusals(1)],
      [T0 + 1_000, clean(50 * REFUSAL_WINDOW_ANSWERS)],
    ]);
    expect(phaseOf(refusedFrom(busy, T0 + 2_000, REFUSALS_BORNE), T0 + 8_000)).toBe('resting');
  });

  it('is longer each time in a row, up to the last step, and one refused trial is enough', () => {
    let health = refusedFrom(newHealth(1, T0), T0, REFUSALS_BORNE);
    const rests = REST_LADDER_MS.concat(REST_LADDER_MS[3]).map((restMs, row) => {
      const until = health.restsUntil ?? 0;
      expect(health.rests).toBe(row + 1);
      expect(until - health.updatedAt).toBe(restMs);
      expect(phaseOf(health, until - 1)).toBe('resting');
      expect(phaseOf(health, until)).toBe('trial');
      health = applyHealth(health, refusals(1), until);
      return restMs;
    });
    expect(rests).toHaveLength(5);
  });

  it('ends with a clean answer after its time; a window without a refusal ends the series', () => {
    const rested = refusedFrom(newHealth(1, T0), T0, REFUSALS_BORNE);
    const until = rested.restsUntil ?? 0;
    expect(phaseOf(applyHealth(rested, clean(5), until - 1), until)).toBe('trial');
    const back = applyHealth(rested, clean(1), until);
    expect(phaseOf(back, until)).toBe('working');
    expect(back.rests).toBe(1);
    const again = refusedFrom(back, until + 1_000, REFUSALS_BORNE);
    expect((again.restsUntil ?? 0) - again.updatedAt).toBe(REST_LADDER_MS[1]);
    expect(applyHealth(applyHealth(back, clean(9), until + 1_000), clean(1), until + REFUSAL_WINDOW_MS).rests).toBe(0);
    expect(applyHealth(applyHealth(back, clean(REFUSAL_WINDOW_ANSWERS), until + 1), clean(1), until + 2).rests).toBe(0);
  });
});

it('tallies add up, and the later refusal is the last one', () => {
  const later = { ...refusals(2), lastRefusal: { at: T0 + 1, text: '554 later' } };
  expect(addTallies(addTallies(clean(3), refusals(1)), addTallies(slowDown, later))).toEqual({
    answered: 3,
    slowDowns: 1,
    refused: 3,
    lastRefusal: { at: T0 + 1, text: '554 later' },
  });
  expect(addTallies(refusals(1), clean(1)).lastRefusal?.text).toBe('550 5.7.1 blocked');
});
