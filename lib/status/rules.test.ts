import { describe, expect, it } from 'vitest';
import { STATUS_DAYS, STATUS_PROVIDER_MIN_ADDRESSES, STATUS_SAMPLE_EVERY_S } from '@/lib/platform/limits';
import { availability, daysOf, type DaySums, isoDay, providersOf, slotOf, stateOfWait } from './rules';

const NOON = Date.parse('2026-11-29T12:00:00Z');
const EVERY_MS = STATUS_SAMPLE_EVERY_S * 1_000;
const A_DAY = 86_400_000 / EVERY_MS;

const sums = (day: string, more: Partial<DaySums> = {}): DaySums => ({
  ...{ day, samples: A_DAY, degraded: 0, failed: 0 },
  ...{ firstAt: Date.parse(`${day}T00:00:00Z`), sampledAt: Date.parse(`${day}T23:55:00Z`) },
  ...more,
});
/** From midnight to noon, with every sample taken. */
const TODAY = sums('2026-11-29', { samples: A_DAY / 2, sampledAt: NOON - EVERY_MS });

describe('the days of a component', () => {
  it('are as many as are kept, end today, and are unknown where nobody measured', () => {
    const days = daysOf([TODAY], NOON);
    expect(days).toHaveLength(STATUS_DAYS);
    expect(days.at(-1)).toEqual({
      ...{ day: '2026-11-29', state: 'operational' },
      ...{ degradedMinutes: 0, failedMinutes: 0, unmeasuredMinutes: 0 },
    });
    expect(new Set(days.slice(0, -1).map(({ state }) => state))).toEqual(new Set(['unknown']));
    expect(daysOf([], NOON).every(({ state, unmeasuredMinutes }) => state === 'unknown' && unmeasuredMinutes === 0)).toBe(true);
  });

  it('show the worst state seen, and for how long', () => {
    const today = (more: Partial<DaySums>) => daysOf([{ ...TODAY, ...more }], NOON).at(-1);
    expect(today({ degraded: 2 })).toMatchObject({ state: 'degraded', degradedMinutes: 10 });
    expect(today({ degraded: 2, failed: 1 })).toMatchObject({ state: 'failed', failedMinutes: 5, degradedMinutes: 10 });
  });

  it('show how long nobody measured, from the first sample on', () => {
    const began = daysOf([{ ...TODAY, samples: 12, firstAt: NOON - 2 * 3_600_000 }], NOON).at(-1);
    expect(began?.unmeasuredMinutes).toBe(60);
    const gap = daysOf([sums('2026-11-27'), TODAY], NOON).find(({ day }) => day === '2026-11-28');
    expect(gap).toMatchObject({ state: 'unknown', unmeasuredMinutes: 1_440 });
  });
});

describe('the share that was up', () => {
  const yesterday = (more: Partial<DaySums> = {}) => sums('2026-11-28', more);

  it('is a share of the samples; missing ones count as the workers’ own outage', () => {
    const gap = [yesterday(), { ...TODAY, samples: A_DAY / 8 }];
    expect(availability('web', gap, NOON)).toBe(1);
    expect(availability('worker', gap, NOON)).toBe(0.75);
    expect(availability('database', [yesterday({ failed: A_DAY / 4 })], NOON)).toBe(0.75);
    expect(availability('web', [yesterday({ degraded: 5 })], NOON)).toBe(1);
  });

  it('is not claimed from less than a day of samples', () => {
    expect(availability('web', [], NOON)).toBeNull();
    expect(availability('web', [{ ...TODAY, samples: 1, failed: 1 }], NOON)).toBeNull();
    expect(availability('web', [yesterday({ samples: A_DAY - 1 })], NOON)).toBeNull();
    expect(availability('web', [yesterday()], NOON)).toBe(1);
    // Workers that were away for most of a day took few samples, and are told how many are missing.
    expect(availability('worker', [yesterday({ samples: 12 })], Date.parse('2026-11-29T00:00:00Z'))).toBeCloseTo(12 / A_DAY);
  });
});

it('a wait is operational up to the first bound, and failed beyond the second', () => {
  const bounds = { degraded: 60, failed: 600 };
  expect([0, 60, 60.5, 600, 600.5].map((waitS) => stateOfWait(waitS, bounds))).toEqual([
    ...['operational', 'operational', 'degraded', 'degraded', 'failed'],
  ]);
});

it('a sample counts for the interval in which it is taken', () => {
  expect(slotOf(NOON)).toBe(NOON);
  expect(slotOf(NOON + EVERY_MS - 1)).toBe(NOON);
  expect(slotOf(NOON + EVERY_MS)).toBe(NOON + EVERY_MS);
});

describe('providers', () => {
  const day = isoDay(NOON);
  const one = (provider: string, asked: number, answered: number) => ({ provider, day, asked, answered });

  it('are shown from enough addresses on, the most asked first', () => {
    const shown = providersOf(
      [one('few', STATUS_PROVIDER_MIN_ADDRESSES - 1, 5), one('enough', STATUS_PROVIDER_MIN_ADDRESSES, 5), one('many', 400, 300)],
      NOON,
    );
    expect(shown.map(({ provider, share }) => [provider, share])).toEqual([
      ['many', 0.75],
      ['enough', 0.25],
    ]);
    expect(shown[0]?.days.at(-1)).toEqual({ day, asked: 400, share: 0.75 });
  });

  it('have no share for a day with too few, even if all days together have enough', () => {
    const before = { provider: 'slow', day: '2026-11-28', asked: 15, answered: 15 };
    const [slow] = providersOf([before, one('slow', 15, 0)], NOON);
    expect(slow).toMatchObject({ asked: 30, share: 0.5 });
    expect(slow?.days.every(({ share }) => share === null)).toBe(true);
  });
});
