import { describe, expect, it, test } from 'vitest';
import { USAGE_MAX_DAYS } from '@/lib/platform/limits';
import { countDays, dayRange, daysOf, isDay, lastDays } from './usage';

const TODAY = new Date('2026-03-01T00:30:00Z');

test.each(['2026-02-28', '2024-02-29'])('%s is a day', (text) => expect(isDay(text)).toBe(true));
test.each(['2026-02-29', '2026-13-01', '2026-2-1', '20260201', '', 'yesterday', '2026-02-01T00:00'])('%j is not a day', (text) =>
  expect(isDay(text)).toBe(false),
);

describe('a range', () => {
  it('is the last 30 days unless said otherwise', () => {
    expect(dayRange({}, TODAY)).toEqual({ from: '2026-01-31', to: '2026-03-01' });
    expect(dayRange({ to: '2026-01-30' }, TODAY)).toEqual({ from: '2026-01-01', to: '2026-01-30' });
    expect(dayRange({ from: '2026-02-27' }, TODAY)).toEqual({ from: '2026-02-27', to: '2026-03-01' });
    expect(lastDays(1, TODAY)).toEqual({ from: '2026-03-01', to: '2026-03-01' });
  });

  it('is not upside down, and not longer than the limit', () => {
    const to = '2026-01-01';
    const from = (days: number) => lastDays(days, new Date(to)).from;
    expect(dayRange({ from: '2026-01-02', to }, TODAY)).toBeNull();
    expect(dayRange({ from: from(USAGE_MAX_DAYS), to }, TODAY)).not.toBeNull();
    expect(dayRange({ from: from(USAGE_MAX_DAYS + 1), to }, TODAY)).toBeNull();
  });

  it('has each of its days once, over the end of a month', () => {
    const range = { from: '2026-02-27', to: '2026-03-02' };
    expect(daysOf(range)).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']);
    expect(countDays(range)).toBe(4);
  });
});
