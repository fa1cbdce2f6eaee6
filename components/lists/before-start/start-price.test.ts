import { describe, expect, it } from 'vitest';
import { priceOf, startLabel } from './start-price';

describe('in full', () => {
  it('needs the whole of the quote', () => {
    expect(priceOf({ mode: 'full', cap: null }, { maxCredits: 100, available: 100 })).toEqual({ upTo: 100, missing: 0 });
    expect(priceOf({ mode: 'full', cap: null }, { maxCredits: 100, available: 99 })).toEqual({ upTo: 100, missing: 1 });
  });
});

describe('until empty', () => {
  it('takes the balance or the cap, and never more than the quote', () => {
    const choose = (cap: number | null, available: number) =>
      priceOf({ mode: 'until_empty', cap }, { maxCredits: 100, available });
    expect(choose(null, 40)).toEqual({ upTo: 40, missing: 0 });
    expect(choose(10, 40)).toEqual({ upTo: 10, missing: 0 });
    expect(choose(500, 400)).toEqual({ upTo: 100, missing: 0 });
  });

  it('needs at least one credit, unless the list is free', () => {
    expect(priceOf({ mode: 'until_empty', cap: null }, { maxCredits: 5, available: 0 }).missing).toBe(1);
    expect(priceOf({ mode: 'until_empty', cap: null }, { maxCredits: 0, available: 0 }).missing).toBe(0);
  });
});

it.each([
  [1_204, 1_170, 'Verify 1,204 addresses · up to 1,170 credits'],
  [1, 1, 'Verify 1 address · up to 1 credit'],
  [3, 0, 'Verify 3 addresses · free'],
])('the button names its price: %i addresses, %i credits', (addresses, upTo, words) =>
  expect(startLabel(addresses, upTo)).toBe(words),
);
