// Products and prices at Stripe follow the plans file, run after run.
import { expect, test } from 'vitest';
import { OFFERS, PACKS } from '../rules/offers';
import { useStandIn } from '@/tests/billing/use-stand-in';
import { findPriceId, planOfPrice, syncCatalog } from './catalog';
import { stripeClient } from './client';

const standIn = useStandIn();

const PACK = { kind: 'pack', pack: '2k' } as const;

test('after the first run, everything we offer is sold', async () => {
  const prices = await Promise.all(OFFERS.map(findPriceId));
  expect(new Set(prices).size).toBe(OFFERS.length);
});

test('a second run changes nothing', async () => {
  const before = standIn().world.store.list('event').length;
  expect(await syncCatalog()).toEqual({
    created: [],
    changed: [],
    unchanged: OFFERS.length + 3 + Object.keys(PACKS).length + 1,
  });
  expect(standIn().world.store.list('event')).toHaveLength(before);
});

test('a changed price is a new one that takes over the lookup key; the old one is closed and still names its offer', async () => {
  const old = await findPriceId(PACK);
  const stripe = stripeClient();
  // As if the plans file had named 8 dollars until now.
  const wrong = await stripe.prices.create({
    product: 'email_verifier_pack_2k',
    currency: 'usd',
    unit_amount: 800,
    lookup_key: 'pack_2k',
    transfer_lookup_key: true,
    tax_behavior: 'exclusive',
    metadata: { offer: 'pack_2k' },
  });
  expect(await syncCatalog()).toMatchObject({ created: [], changed: ['price pack_2k'] });
  const now = await findPriceId(PACK);
  expect([old, wrong.id]).not.toContain(now);
  expect(await stripe.prices.retrieve(now)).toMatchObject({ unit_amount: PACKS['2k'].priceCents, active: true });
  expect(await stripe.prices.retrieve(wrong.id)).toMatchObject({
    active: false,
    lookup_key: null,
    metadata: { offer: 'pack_2k' },
  });
  expect(await syncCatalog()).toMatchObject({ created: [], changed: [] });
});

test('a product that somebody renamed is corrected', async () => {
  await stripeClient().products.update('email_verifier_plan_starter', { name: 'Something else' });
  expect(await syncCatalog()).toMatchObject({ changed: ['product email_verifier_plan_starter'] });
  expect(await stripeClient().products.retrieve('email_verifier_plan_starter')).toMatchObject({ name: 'Email Verifier Starter' });
});

test('a price of somebody else on the same account is not our plan', () => {
  expect(planOfPrice({ metadata: {}, lookup_key: 'gold' })).toBeNull();
});

test('an offer that can’t be bought yet says so', async () => {
  const { store } = standIn().world;
  const price = await findPriceId({ kind: 'plan', plan: 'business', interval: 'year' });
  store.put('price', { ...store.get('price', price), active: false });
  await expect(findPriceId({ kind: 'plan', plan: 'business', interval: 'year' })).rejects.toMatchObject({ code: 'unavailable' });
});
