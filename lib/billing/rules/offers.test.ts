import { describe, expect, it } from 'vitest';
import { PAID_PLANS, PLANS } from '@/lib/accounts/rules/plans';
import { INTERVALS, isUpgrade, lookupKeyOf, OFFERS, offerOf, PACK_IDS, PACKS, YEARLY_DISCOUNT_PERCENT } from './offers';

describe('prices', () => {
  it.each(PAID_PLANS)('a year of %s costs 20 % less than twelve months', (plan) => {
    const { monthlyPriceCents, yearlyPriceCents } = PLANS[plan];
    expect(yearlyPriceCents).toBe((monthlyPriceCents * 12 * (100 - YEARLY_DISCOUNT_PERCENT)) / 100);
  });

  it('a credit of a larger pack never costs more, and packs are in order', () => {
    const packs = PACK_IDS.map((id) => PACKS[id]);
    expect(PACK_IDS).toHaveLength(Object.keys(PACKS).length);
    for (const [index, pack] of packs.slice(1).entries()) {
      const smaller = packs[index];
      expect(pack.credits).toBeGreaterThan(smaller?.credits ?? 0);
      expect(pack.priceCents / pack.credits).toBeLessThan((smaller?.priceCents ?? 0) / (smaller?.credits ?? 1));
    }
  });
});

describe('lookup keys', () => {
  it('each lead back to their own offer', () => {
    expect(new Set(OFFERS.map(lookupKeyOf)).size).toBe(PAID_PLANS.length * INTERVALS.length + PACK_IDS.length);
    for (const offer of OFFERS) expect(offerOf(lookupKeyOf(offer))).toEqual(offer);
  });

  it.each([null, '', 'plan_free_month', 'plan_starter', 'plan_starter_week', 'pack_3k', 'pack_2k_month', 'toString'])(
    '%s is not one of ours',
    (key) => expect(offerOf(key)).toBeNull(),
  );
});

describe('a change of plan', () => {
  const at = (plan: (typeof PAID_PLANS)[number], interval: 'month' | 'year') => ({ plan, interval });
  it.each([
    [at('starter', 'month'), at('business', 'month'), true],
    [at('starter', 'month'), at('starter', 'year'), true],
    [at('starter', 'year'), at('professional', 'year'), true],
    [at('business', 'month'), at('starter', 'month'), false],
    [at('business', 'month'), at('starter', 'year'), false],
    [at('starter', 'year'), at('business', 'month'), false],
    [at('starter', 'year'), at('starter', 'month'), false],
  ])('from %o to %o: right away is %s', (from, to, expected) => expect(isUpgrade(from, to)).toBe(expected));
});
