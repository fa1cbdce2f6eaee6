import { describe, expect, it } from 'vitest';
import { PAID_PLANS, PLANS } from '@/lib/accounts/rules/plans';
import { INTERVALS, PACK_IDS, PACKS, planPriceCents, type PackId } from './rules/offers';
import { cheapestPacks, purchaseChoices } from './rules/billing';

const costOf = (packs: readonly PackId[]) => packs.reduce((sum, id) => sum + PACKS[id].priceCents, 0);
const creditsOf = (packs: readonly PackId[]) => packs.reduce((sum, id) => sum + PACKS[id].credits, 0);

describe('cheapestPacks', () => {
  it('buys nothing when nothing is missing', () => {
    expect(cheapestPacks(0)).toEqual([]);
    expect(cheapestPacks(-100)).toEqual([]);
  });

  it.each(PACK_IDS)('buys the pack %s for exactly its credits', (id) => expect(cheapestPacks(PACKS[id].credits)).toEqual([id]));

  it.each([
    [1, ['2k']],
    [2_001, ['2k', '2k']],
    [4_001, ['5k']],
    [11_000, ['10k', '2k']],
    [200_000, ['250k']],
  ])('for %i credits: %j', (credits, packs) => {
    // Other packs may cost the same, but never less.
    expect(costOf(cheapestPacks(credits))).toBe(costOf(packs as PackId[]));
  });

  it('never brings less than requested, and never costs more than any single pack that is large enough', () => {
    for (let credits = 1; credits <= 1_000_000; credits += 7_919) {
      const packs = cheapestPacks(credits);
      expect(creditsOf(packs)).toBeGreaterThanOrEqual(credits);
      const single = PACK_IDS.find((id) => PACKS[id].credits >= credits);
      expect(costOf(packs)).toBeLessThanOrEqual(single ? PACKS[single].priceCents : Infinity);
    }
  });
});

describe('purchaseChoices', () => {
  it('costs nothing within the Free plan', () => {
    expect(purchaseChoices(100, 'month').cheapest).toMatchObject({ plan: 'free', packs: [], totalCents: 0 });
  });

  it.each(PAID_PLANS)('names %s for exactly its credits', (plan) => {
    expect(purchaseChoices(PLANS[plan].creditsAMonth, 'month').cheapest).toMatchObject({ plan, packs: [] });
  });

  it('names packs if they are cheaper than a plan, and a plan with packs if both together are', () => {
    expect(purchaseChoices(1_000, 'month').cheapest).toMatchObject({ plan: 'free', packs: ['2k'], totalCents: 900 });
    expect(purchaseChoices(10_000, 'month').cheapest).toMatchObject({ plan: 'starter', packs: ['5k'], totalCents: 3_400 });
    expect(purchaseChoices(100_000, 'month').cheapest).toMatchObject({ plan: 'free', packs: ['100k'], totalCents: 18_000 });
  });

  it('counts a twelfth of the year', () => {
    const { planCents } = purchaseChoices(5_000, 'year').cheapest;
    expect(planCents).toBe(planPriceCents('starter', 'year') / 12);
  });

  it('the others are never cheaper, each brings enough credits, and no kind is repeated', () => {
    for (const interval of INTERVALS) {
      for (let credits = 1; credits <= 1_000_000; credits += 13_001) {
        const { cheapest, others } = purchaseChoices(credits, interval);
        for (const choice of [cheapest, ...others]) expect(choice.credits).toBeGreaterThanOrEqual(credits);
        for (const other of others) expect(other.totalCents).toBeGreaterThanOrEqual(cheapest.totalCents);
        const kinds = [cheapest, ...others].map(({ plan, packs }) => `${plan === 'free'}${packs.length > 0}`);
        expect(new Set(kinds).size).toBe(kinds.length);
      }
    }
  });
});
