import { describe, expect, it } from 'vitest';
import { formatAmount, formatPerThousand, formatPrice } from './offers';

describe('money', () => {
  it.each([
    [0, '$0'],
    [1_500, '$15'],
    [7_920, '$79.20'],
    [287_040, '$2,870.40'],
    [90_000, '$900'],
  ])('a price of %i cents reads %s', (cents, words) => expect(formatPrice(cents)).toBe(words));

  it.each([
    [1_500, 'usd', '$15.00'],
    [-340, 'usd', '-$3.40'],
    [1_500, 'jpy', '¥1,500'],
    [1_500, 'eur', '€15.00'],
  ])('%i of the smallest unit of %s read %s on an invoice', (cents, currency, words) =>
    expect(formatAmount(cents, currency)).toBe(words),
  );

  it('tells the price of a thousand credits', () => {
    expect(formatPerThousand(1_900, 5_000)).toBe('$3.80');
    expect(formatPerThousand(90_000, 1_000_000)).toBe('$0.90');
  });
});
