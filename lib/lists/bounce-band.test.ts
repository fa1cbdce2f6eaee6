import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bounceBand } from './insights';

it('there is no band if no address has a score', () => {
  expect(bounceBand([])).toBeNull();
  expect(bounceBand([{ rows: 10, scored: 0, scoreSum: 0 }])).toBeNull();
});

it('is what the scores leave to certainty, with a margin for chance', () => {
  const band = bounceBand([{ rows: 10_000, scored: 10_000, scoreSum: 950_000 }]);
  expect(band).toMatchObject({ addresses: 10_000, unscored: 0 });
  expect(band?.expected).toBeCloseTo(0.05, 6);
  // 1.96 · √(0.05 · 0.95 / 10,000)
  expect(band?.low).toBeCloseTo(0.05 - 0.00427, 4);
  expect(band?.high).toBeCloseTo(0.05 + 0.00427, 4);
});

it('is wider with fewer addresses', () => {
  const widthOf = (count: number): number => {
    const band = bounceBand([{ rows: count, scored: count, scoreSum: count * 90 }]);
    return (band?.high ?? 0) - (band?.low ?? 0);
  };
  expect(widthOf(100)).toBeGreaterThan(widthOf(10_000));
});

it('addresses without a score bounce all or not at all', () => {
  const certain = { rows: 50, scored: 50, scoreSum: 5_000 };
  expect(bounceBand([certain, { rows: 50, scored: 0, scoreSum: 0 }])).toEqual({
    addresses: 100,
    unscored: 50,
    expected: 0,
    low: 0,
    high: 0.5,
  });
});

it('is a share, with its low end not above its high end, for any counts', () => {
  const group = fc
    .tuple(fc.nat(1_000), fc.nat(1_000), fc.integer({ min: 0, max: 100 }))
    .map(([scored, unscored, score]) => ({ rows: scored + unscored, scored, scoreSum: scored * score }));
  fc.assert(
    fc.property(fc.array(group, { maxLength: 8 }), (groups) => {
      const band = bounceBand(groups);
      if (band === null) return groups.every(({ scored }) => scored === 0);
      return band.low >= 0 && band.low <= band.high && band.high <= 1 && band.expected >= 0 && band.expected <= 1;
    }),
  );
});
