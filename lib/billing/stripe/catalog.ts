// Our offers at Stripe: a lookup key always names the price that is sold now. A subscription may still run on an older price,
// which carries its offer in its metadata.
import type Stripe from 'stripe';
import type { PaidPlanId } from '@/lib/accounts/rules/plans';
import { lookupKeyOf, offerOf, type Interval, type Offer } from '../rules/offers';
import { AppError } from '@/lib/platform/errors';
import { stripeClient } from './client';

/** On each price: the lookup key it was created for, which it keeps when the key moves to its successor. */
export const OFFER_METADATA = 'offer';

export async function findPriceId(offer: Offer): Promise<string> {
  const key = lookupKeyOf(offer);
  const { data } = await stripeClient().prices.list({ lookup_keys: [key], active: true, limit: 1 });
  const [price] = data;
  if (price === undefined) {
    throw new AppError('unavailable', {
      detail: 'This can’t be bought right now.',
      cause: `no price ${key}: run npm run stripe:sync`,
    });
  }
  return price.id;
}

export const offerOfPrice = (price: Pick<Stripe.Price, 'metadata' | 'lookup_key'>): Offer | null =>
  offerOf(price.metadata[OFFER_METADATA] ?? null) ?? offerOf(price.lookup_key);

export interface PlanOffer {
  plan: PaidPlanId;
  interval: Interval;
}

export function planOfPrice(price: Pick<Stripe.Price, 'metadata' | 'lookup_key'>): PlanOffer | null {
  const offer = offerOfPrice(price);
  return offer?.kind === 'plan' ? { plan: offer.plan, interval: offer.interval } : null;
}

/** The id of something that Stripe returns either whole or by its id. */
export const idOf = (thing: string | { id: string } | null | undefined): string | null =>
  typeof thing === 'string' ? thing : (thing?.id ?? null);

export const dateOf = (seconds: number): Date => new Date(seconds * 1_000);
