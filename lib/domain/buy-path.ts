// Addresses of pages around a purchase. What is wanted travels in the query as words of the tables of plans and packs; what comes
// back is read like any input.
import { isInterval, isPackId, isPaidPlanId, type Interval, type Offer } from './plans';

/** `/signup?plan=starter&interval=month`: for a visitor; who is signed in is sent on to the checkout. */
export const signUpPath = (offer: Offer): string => `/signup?${queryOf(offer)}`;
export const checkoutPath = (offer: Offer): string => `/billing/checkout?${queryOf(offer)}`;
export const changePlanPath = (offer: Extract<Offer, { kind: 'plan' }>): string => `/billing/change?${queryOf(offer)}`;

function queryOf(offer: Offer): string {
  if (offer.kind === 'pack') return new URLSearchParams({ pack: offer.pack }).toString();
  return new URLSearchParams({ plan: offer.plan, interval: offer.interval }).toString();
}

export interface OfferWords {
  plan: string | null;
  interval: string | null;
  pack: string | null;
}

/** Null for what is none of our offers. */
export function offerInWords({ plan, interval, pack }: OfferWords): Offer | null {
  if (pack !== null) return isPackId(pack) ? { kind: 'pack', pack } : null;
  if (plan === null || !isPaidPlanId(plan)) return null;
  return { kind: 'plan', plan, interval: intervalOf(interval) };
}

/** Monthly, unless the word says otherwise. */
export const intervalOf = (word: string | null): Interval => (word !== null && isInterval(word) ? word : 'month');
