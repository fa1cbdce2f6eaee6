import { describe, expect, it } from 'vitest';
import { Wear } from './tiring';

/** Counts replies with these waits; refusals all. */
const afterWaits = (wear: Wear, waits: readonly number[]): boolean[] => {
  let now = 1_000;
  return waits.map((waitMs) => wear.count({ isRefusal: true, since: 1_000, now: (now += waitMs) }));
};
const quick = (count: number): number[] => Array.from({ length: count }, () => 5);

describe('a host that slows down whoever was refused often', () => {
  it('is seen by the first reply that takes a second after ten refusals', () => {
    expect(afterWaits(new Wear(), [...quick(10), 1_003, 1_002])).toEqual([...quick(10).map(() => false), true, true]);
  });

  it.each([
    ['was slow from the start', [...quick(12).map(() => 1_000), 1_000]],
    ['paused before ten refusals', [...quick(9), 1_500]],
    ['is a little slower at times', [...quick(12), 600]],
  ])('is not one that %s', (_, waits) => {
    expect(afterWaits(new Wear(), waits)).not.toContain(true);
  });
});

describe('a session is worn out', () => {
  it('when the next group would pass ten refusals, but never before a full group', () => {
    const wear = new Wear();
    afterWaits(wear, quick(24));
    expect(wear.isOut(25)).toBe(false);
    afterWaits(wear, quick(1));
    expect(wear.isOut(25)).toBe(true);
  });

  it('later where little is refused', () => {
    const wear = new Wear();
    for (let n = 1; n <= 50; n++) wear.count({ isRefusal: n % 10 === 0, since: 0, now: n });
    expect(wear.isOut(25)).toBe(false);
    for (let n = 51; n <= 100; n++) wear.count({ isRefusal: n % 10 === 0, since: 0, now: n });
    expect(wear.isOut(25)).toBe(true);
  });
});
