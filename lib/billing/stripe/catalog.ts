// What Stripe sells, and its portal. Products with fixed ids, prices found by lookup key and the settings of the customer portal
// are created from lib/billing/rules/offers.ts; a second run changes nothing. A price is never changed (Stripe can't): a new
// price takes over its lookup key and the old one is closed to new customers. So a lookup key always names the price that is sold
// now, while a subscription may still run on an older price, whose metadata names its offer.
import type Stripe from 'stripe';
import { PLANS } from '@/lib/accounts/rules/plans';
import { AppError } from '@/lib/platform/errors';
import { formatCount } from '@/lib/platform/numbers';
import { CURRENCY, lookupKeyOf, type Offer, offerOf, OFFERS, PACKS, type PlanOffer, priceCentsOf } from '../rules/offers';
import { stripeClient, isMissing, askingStripe } from './client';

/** On each price: the lookup key that it was created for. It stays when the key moves to the price's successor. */
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

export function planOfPrice(price: Pick<Stripe.Price, 'metadata' | 'lookup_key'>): PlanOffer | null {
  const offer = offerOfPrice(price);
  return offer?.kind === 'plan' ? { plan: offer.plan, interval: offer.interval } : null;
}

/** The id of something that Stripe returns either whole or by its id. */
export const idOf = (thing: string | { id: string } | null | undefined): string | null =>
  typeof thing === 'string' ? thing : (thing?.id ?? null);

export const dateOf = (seconds: number): Date => new Date(seconds * 1_000);

/** The tax code that Stripe Tax computes with: software as a service, for business use. */
const TAX_CODE = 'txcd_10103001';
const LOOKUP_KEYS_A_REQUEST = 10;

const PORTAL_METADATA = { app: 'email-verifier' } as const;
const MAX_CONFIGURATIONS = 100;

const PORTAL_FEATURES: Stripe.BillingPortal.ConfigurationCreateParams.Features = {
  customer_update: { enabled: true, allowed_updates: ['address', 'name', 'tax_id'] },
  invoice_history: { enabled: true },
  payment_method_update: { enabled: true },
  subscription_cancel: { enabled: false },
  subscription_update: { enabled: false },
};

export interface SyncReport {
  created: string[];
  changed: string[];
  unchanged: number;
}

type Outcome = 'created' | 'changed' | 'unchanged';

export async function syncCatalog(): Promise<SyncReport> {
  const report: SyncReport = { created: [], changed: [], unchanged: 0 };
  const note = (what: string, outcome: Outcome): void => {
    if (outcome === 'unchanged') report.unchanged++;
    else report[outcome].push(what);
  };
  const products = new Map(OFFERS.map((offer) => [productIdOf(offer), offer]));
  for (const [id, offer] of products) note(`product ${id}`, await syncProduct(id, offer));
  const prices = await listPrices(OFFERS.map(lookupKeyOf));
  for (const offer of OFFERS) note(`price ${lookupKeyOf(offer)}`, await syncPrice(offer, prices.get(lookupKeyOf(offer))));
  note('customer portal', await syncPortal());
  return report;
}

/**
 * The portal offers payment methods, billing details and invoices. Plans are changed on our own billing page, which says what a
 * change does to credits before it is made.
 */
export async function syncPortal(): Promise<Outcome> {
  const { configurations } = stripeClient().billingPortal;
  const found = await findPortalConfiguration();
  if (found === null) {
    await configurations.create({ features: PORTAL_FEATURES, metadata: PORTAL_METADATA });
    return 'created';
  }
  const { customer_update, invoice_history, payment_method_update, subscription_cancel, subscription_update } = found.features;
  const allowed = [...customer_update.allowed_updates].sort().join();
  const isSame =
    customer_update.enabled &&
    allowed === 'address,name,tax_id' &&
    invoice_history.enabled &&
    payment_method_update.enabled &&
    !subscription_cancel.enabled &&
    !subscription_update.enabled;
  if (isSame) return 'unchanged';
  await configurations.update(found.id, { features: PORTAL_FEATURES });
  return 'changed';
}

/** Finds our configuration by its metadata. */
export async function findPortalConfiguration(): Promise<Stripe.BillingPortal.Configuration | null> {
  const { data } = await stripeClient().billingPortal.configurations.list({ active: true, limit: MAX_CONFIGURATIONS });
  return data.find((configuration) => configuration.metadata?.app === PORTAL_METADATA.app) ?? null;
}

const productIdOf = (offer: Offer): string =>
  offer.kind === 'plan' ? `email_verifier_plan_${offer.plan}` : `email_verifier_pack_${offer.pack}`;

function describe(offer: Offer): { name: string; description: string } {
  if (offer.kind === 'plan') {
    const { name, creditsAMonth } = PLANS[offer.plan];
    return { name: `Email Verifier ${name}`, description: `${formatCount(creditsAMonth)} credits a month` };
  }
  const credits = formatCount(PACKS[offer.pack].credits);
  return { name: `${credits} credits`, description: `${credits} Email Verifier credits that never expire` };
}

async function syncProduct(id: string, offer: Offer): Promise<Outcome> {
  const { products } = stripeClient();
  const wanted = { ...describe(offer), active: true, tax_code: TAX_CODE };
  const found = await products.retrieve(id).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (found === null) {
    await products.create({ id, ...wanted });
    return 'created';
  }
  const isSame =
    found.name === wanted.name && found.description === wanted.description && found.active && idOf(found.tax_code) === TAX_CODE;
  if (isSame) return 'unchanged';
  await products.update(id, wanted);
  return 'changed';
}

async function listPrices(keys: string[]): Promise<Map<string, Stripe.Price>> {
  const found = new Map<string, Stripe.Price>();
  for (let start = 0; start < keys.length; start += LOOKUP_KEYS_A_REQUEST) {
    const lookup_keys = keys.slice(start, start + LOOKUP_KEYS_A_REQUEST);
    const { data } = await stripeClient().prices.list({ lookup_keys, limit: LOOKUP_KEYS_A_REQUEST });
    for (const price of data) if (price.lookup_key !== null) found.set(price.lookup_key, price);
  }
  return found;
}

async function syncPrice(offer: Offer, found: Stripe.Price | undefined): Promise<Outcome> {
  const { prices } = stripeClient();
  if (found && isAsWanted(found, offer)) return 'unchanged';
  const lookupKey = lookupKeyOf(offer);
  await prices.create({
    product: productIdOf(offer),
    currency: CURRENCY,
    unit_amount: priceCentsOf(offer),
    lookup_key: lookupKey,
    transfer_lookup_key: true,
    tax_behavior: 'exclusive',
    metadata: { [OFFER_METADATA]: lookupKey },
    ...(offer.kind === 'plan' && { recurring: { interval: offer.interval } }),
  });
  if (found) await prices.update(found.id, { active: false });
  return found ? 'changed' : 'created';
}

function isAsWanted(price: Stripe.Price, offer: Offer): boolean {
  const interval = offer.kind === 'plan' ? offer.interval : null;
  return (
    price.active &&
    price.unit_amount === priceCentsOf(offer) &&
    price.currency === CURRENCY &&
    price.tax_behavior === 'exclusive' &&
    price.metadata[OFFER_METADATA] === lookupKeyOf(offer) &&
    idOf(price.product) === productIdOf(offer) &&
    (price.recurring?.interval ?? null) === interval &&
    (price.recurring?.interval_count ?? 1) === 1
  );
}

// Stripe's customer portal: payment methods, billing details, invoices.

/** The page to send the customer to. */
export function openPortal(customerId: string, returnUrl: string): Promise<string> {
  return askingStripe(async () => {
    const configuration = await findPortalConfiguration();
    const session = await stripeClient().billingPortal.sessions.create({
      customer: customerId,
      return_url: returnUrl,
      ...(configuration && { configuration: configuration.id }),
    });
    return session.url;
  });
}
