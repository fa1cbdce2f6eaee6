// What can be bought: plans by the month or the year, and packs. Prices are in US cents. What Stripe sells is created from these
// tables (`npm run stripe:sync`) and found by its lookup keys.
import { isPaidPlanId, PAID_PLANS, type PaidPlanId, type PlanId, PLANS } from '@/lib/accounts/rules/plans';
import { formatCount } from '@/lib/platform/numbers';

export const CURRENCY = 'usd';
/**
 * A year paid in advance costs this much less than twelve months. Yearly prices are written out in the table and tested against
 * this.
 */
export const YEARLY_DISCOUNT_PERCENT = 20;

export const INTERVALS = ['month', 'year'] as const;
export type Interval = (typeof INTERVALS)[number];

/** Bought once, never expire. */
export const PACKS = {
  '2k': { credits: 2_000, priceCents: 900 },
  '5k': { credits: 5_000, priceCents: 1_900 },
  '10k': { credits: 10_000, priceCents: 3_500 },
  '25k': { credits: 25_000, priceCents: 7_500 },
  '50k': { credits: 50_000, priceCents: 12_000 },
  '100k': { credits: 100_000, priceCents: 18_000 },
  '250k': { credits: 250_000, priceCents: 35_000 },
  '500k': { credits: 500_000, priceCents: 55_000 },
  '1m': { credits: 1_000_000, priceCents: 90_000 },
} as const;

export type PackId = keyof typeof PACKS;
/** From the smallest to the largest. */
export const PACK_IDS = ['2k', '5k', '10k', '25k', '50k', '100k', '250k', '500k', '1m'] as const satisfies readonly PackId[];

export const isInterval = (word: string): word is Interval => INTERVALS.some((interval) => interval === word);
export const isPackId = (word: string): word is PackId => Object.hasOwn(PACKS, word);

/** The amount of one invoice for a plan, in cents. */
export const planPriceCents = (plan: PlanId, interval: Interval): number =>
  interval === 'year' ? PLANS[plan].yearlyPriceCents : PLANS[plan].monthlyPriceCents;

export interface PlanOffer {
  plan: PaidPlanId;
  interval: Interval;
}

/** Something that can be bought. */
export type Offer = ({ kind: 'plan' } & PlanOffer) | { kind: 'pack'; pack: PackId };

export const isSameOffer = (one: PlanOffer, other: PlanOffer | null): boolean =>
  one.plan === other?.plan && one.interval === other.interval;

export const lookupKeyOf = (offer: Offer): string =>
  offer.kind === 'plan' ? `plan_${offer.plan}_${offer.interval}` : `pack_${offer.pack}`;

/** Null for a price that is not one of ours. */
export function offerOf(lookupKey: string | null): Offer | null {
  const [kind, id = '', interval = ''] = (lookupKey ?? '').split('_');
  if (kind === 'plan' && isPaidPlanId(id) && isInterval(interval)) return { kind, plan: id, interval };
  return kind === 'pack' && interval === '' && isPackId(id) ? { kind, pack: id } : null;
}

/** Everything that Stripe must know how to sell. */
export const OFFERS: readonly Offer[] = [
  ...PAID_PLANS.flatMap((plan) => INTERVALS.map((interval): Offer => ({ kind: 'plan', plan, interval }))),
  ...PACK_IDS.map((pack): Offer => ({ kind: 'pack', pack })),
];

export const priceCentsOf = (offer: Offer): number =>
  offer.kind === 'plan' ? planPriceCents(offer.plan, offer.interval) : PACKS[offer.pack].priceCents;

/**
 * Whether a change is an upgrade (takes effect and is charged right away) or a downgrade (takes effect when the paid period
 * ends). A larger plan is an upgrade; within a plan, so is a year instead of a month. A paid year is never cut short to a month.
 */
export function isUpgrade(from: PlanOffer, to: PlanOffer): boolean {
  const [rankFrom, rankTo] = [PAID_PLANS.indexOf(from.plan), PAID_PLANS.indexOf(to.plan)];
  if (from.interval === 'year' && to.interval === 'month') return false;
  return rankTo > rankFrom || (rankTo === rankFrom && from.interval === 'month' && to.interval === 'year');
}

/**
 * "$15", "$79.20": for prices, which drop the cents if they are round. Amounts are in the currency's smallest unit, as everywhere
 * and as at Stripe.
 */
export const formatPrice = (cents: number): string => formatMoney(cents, CURRENCY, true);

/** "$15.00": for invoices and the amounts beside them. */
export const formatAmount = (cents: number, currency: string = CURRENCY): string => formatMoney(cents, currency, false);

/** The price of a thousand credits, such as "$3.80". */
export const formatPerThousand = (cents: number, credits: number): string => formatAmount((cents / credits) * 1_000);

/** As the object of a sentence: "You have … now." */
export const offerName = (offer: Offer): string =>
  offer.kind === 'pack' ? `${formatCount(PACKS[offer.pack].credits)} credits` : `the ${PLANS[offer.plan].name} plan`;

function formatMoney(cents: number, currency: string, isShort: boolean): string {
  const words = new Intl.NumberFormat('en-US', { style: 'currency', currency: currency.toUpperCase() });
  // Yen have no smaller unit; dinars have a thousand.
  const digits = words.resolvedOptions().maximumFractionDigits ?? 2;
  const amount = cents / 10 ** digits;
  return isShort && Number.isInteger(amount) ? words.format(amount).replace(/\.0+$/, '') : words.format(amount);
}
