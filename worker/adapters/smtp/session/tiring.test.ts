import { describe, expect, it } from 'vitest';
import { Tiring } from './tiring';

/** Counts replies with these waits; refusals all. */
const afterWaits = (tiring: Tiring, waits: readonly number[]): boolean[] => {
  let now = 1_000;
  return waits.map((waitMs) => tiring.count({ isRefusal: true, since: 1_000, now: (now += waitMs) }));
};
const quick = (count: number): number[] => Array.from({ length: count }, () => 5);

describe('a host that slows down whoever was refused often', () => {
  it('is seen by the first reply that takes a second after ten refusals', () => {
    expect(afterWaits(new Tiring(), [...quick(10), 1_003, 1_002])).toEqual([...quick(10).map(() => false), true, true]);
  });

  it.each([
    ['was slow from the start', [...quick(12).map(() => 1_000), 1_000]],
    ['paused before ten refusals', [...quick(9), 1_500]],
    ['is a little slower at times', [...quick(12), 600]],
  ])('is not one that %s', (_, waits) => {
    expect(afterWaits(new Tiring(), waits)).not.toContain(true);
  });
});

describe('a session is not used any further', () => {
  it('when the next group would pass ten refusals, but never before a full group', () => {
    const tiring = new Tiring();
    afterWaits(tiring, quick(24));
    expect(tiring.isOut(25)).toBe(false);
    afterWaits(tiring, quick(1));
    expect(tiring.isOut(25)).toBe(true);
  });

  it('later where little is refused', () => {
    const tiring = new Tiring();
    for (let n = 1; n <= 50; n++) tiring.count({ isRefusal: n % 10 === 0, since: 0, now: n });
    expect(tiring.isOut(25)).toBe(false);
    for (let n = 51; n <= 100; n++) tiring.count({ isRefusal: n % 10 === 0, since: 0, now: n });
    expect(tiring.isOut(25)).toBe(true);
  });
});
