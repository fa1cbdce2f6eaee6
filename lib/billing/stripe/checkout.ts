// Checkout sessions and customers at Stripe. A session is created for one workspace and one offer, and read back in its current
// state. Tax is supported: addresses and tax ids are collected, prices exclude tax, and Stripe computes it if STRIPE_TAX is on.
// The card is kept for renewals and top-ups. A workspace has one customer: an idempotency key makes two requests for a new one
// create one.
import { createHash } from 'node:crypto';
import type Stripe from 'stripe';
import { CURRENCY, lookupKeyOf, type Offer } from '../rules/offers';
import { env } from '@/lib/platform/env';
import { findPriceId, idOf, offerOfPrice } from './catalog';
import { askingStripe, isMissing, stripeClient } from './client';

export interface NewCheckout {
  workspaceId: string;
  customerId: string;
  offer: Offer;
  successUrl: string;
  cancelUrl: string;
}

export interface Checkout {
  id: string;
  workspaceId: string | null;
  customerId: string | null;
  state: 'open' | 'complete' | 'expired';
  /** Paid, or nothing to pay. Only then is it fulfilled. */
  isPaid: boolean;
  /** A payment method that takes days was tried, and the payment did not arrive. */
  hasFailed: boolean;
  /** The offer that the paid price stands for. */
  offer: Offer | null;
  invoiceId: string | null;
  /** What was paid, discounts and tax included. */
  amountCents: number;
  currency: string;
  /** Stripe's page for the invoice; null if it was not requested together with the session. */
  invoiceUrl: string | null;
}

export interface NewCustomer {
  workspaceId: string;
  name: string;
  email: string;
}

const SESSION_STATES = ['open', 'complete', 'expired'] as const;

/** The page to send the customer to. */
export function openCheckout(wanted: NewCheckout): Promise<string> {
  return askingStripe(async () => {
    const { sessions } = stripeClient().checkout;
    if (wanted.offer.kind === 'plan') await expireOpenPlanCheckouts(wanted.customerId);
    const session = await sessions.create({ ...(await commonParams(wanted)), ...modeParams(wanted) });
    if (session.url === null) throw new Error('a hosted Checkout session without an address');
    return session.url;
  });
}

async function commonParams({ workspaceId, customerId, offer, successUrl, cancelUrl }: NewCheckout) {
  const isTaxed = env().STRIPE_TAX === 'on';
  return {
    customer: customerId,
    client_reference_id: workspaceId,
    metadata: { workspace_id: workspaceId, offer: lookupKeyOf(offer) },
    line_items: [{ price: await findPriceId(offer), quantity: 1 }],
    allow_promotion_codes: true,
    automatic_tax: { enabled: isTaxed },
    tax_id_collection: { enabled: true },
    billing_address_collection: isTaxed ? 'required' : 'auto',
    customer_update: { address: 'auto', name: 'auto' },
    success_url: successUrl,
    cancel_url: cancelUrl,
  } satisfies Stripe.Checkout.SessionCreateParams;
}

function modeParams({ workspaceId, offer }: NewCheckout) {
  const metadata = { workspace_id: workspaceId };
  if (offer.kind === 'plan') {
    return { mode: 'subscription', subscription_data: { metadata } } satisfies Stripe.Checkout.SessionCreateParams;
  }
  return {
    mode: 'payment',
    invoice_creation: { enabled: true, invoice_data: { metadata } },
    payment_intent_data: { setup_future_usage: 'off_session', metadata },
  } satisfies Stripe.Checkout.SessionCreateParams;
}

/** If two open pages were both paid, there would be two subscriptions. */
async function expireOpenPlanCheckouts(customerId: string): Promise<void> {
  const { sessions } = stripeClient().checkout;
  const { data } = await sessions.list({ customer: customerId, status: 'open', limit: 100 });
  for (const session of data) if (session.mode === 'subscription') await sessions.expire(session.id);
}

/** Null if there is no such session. */
export function readCheckout(id: string): Promise<Checkout | null> {
  return askingStripe(async () => {
    try {
      return toCheckout(
        await stripeClient().checkout.sessions.retrieve(id, { expand: ['line_items', 'payment_intent', 'invoice'] }),
      );
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  });
}

/** The session that a payment was made in; null for other payments. */
export function findCheckoutOfPayment(paymentIntentId: string): Promise<Checkout | null> {
  return askingStripe(async () => {
    const { data } = await stripeClient().checkout.sessions.list({
      payment_intent: paymentIntentId,
      limit: 1,
      expand: ['data.line_items'],
    });
    return data[0] ? toCheckout(data[0]) : null;
  });
}

/** The card that paid for a session and may be charged again; null for other payment methods. */
export function findCheckoutCard(sessionId: string): Promise<string | null> {
  return askingStripe(async () => {
    const session = await stripeClient().checkout.sessions.retrieve(sessionId, { expand: ['payment_intent.payment_method'] });
    const intent = session.payment_intent;
    if (intent === null || typeof intent === 'string') return null;
    const method = intent.payment_method;
    if (method === null || typeof method === 'string') return null;
    return intent.setup_future_usage === 'off_session' && method.type === 'card' ? method.id : null;
  });
}

/** Returns the id of the new customer. */
export function createCustomer({ workspaceId, name, email }: NewCustomer): Promise<string> {
  return askingStripe(async () => {
    const customer = await stripeClient().customers.create(
      { name, email, metadata: { workspace_id: workspaceId } },
      // The key includes the details, because Stripe refuses a key that is reused with other details. It is hashed, because a
      // header can't hold every character.
      { idempotencyKey: `customer:${workspaceId}:${hashOf(`${email}\n${name}`)}` },
    );
    return customer.id;
  });
}

/** For deleted workspaces: ends everything that would charge the customer again. */
export async function closeCustomer(customerId: string): Promise<void> {
  await askingStripe(async () => {
    const { subscriptions } = stripeClient();
    for await (const subscription of subscriptions.list({ customer: customerId, status: 'all' })) {
      const isOver = subscription.status === 'canceled' || subscription.status === 'incomplete_expired';
      if (!isOver) await subscriptions.cancel(subscription.id).catch(ignoreMissing);
    }
  });
}

/** Makes a card the default for later charges, unless the customer has chosen one. */
export function keepCardForLater(customerId: string, paymentMethodId: string): Promise<void> {
  return askingStripe(async () => {
    const { customers } = stripeClient();
    const customer = await customers.retrieve(customerId);
    if (customer.deleted || customer.invoice_settings.default_payment_method !== null) return;
    await customers.update(customerId, { invoice_settings: { default_payment_method: paymentMethodId } });
  });
}

function toCheckout(session: Stripe.Checkout.Session): Checkout {
  const [item] = session.line_items?.data ?? [];
  return {
    id: session.id,
    workspaceId: session.client_reference_id,
    customerId: idOf(session.customer),
    state: SESSION_STATES.find((state) => state === session.status) ?? 'open',
    isPaid: session.status === 'complete' && session.payment_status !== 'unpaid',
    hasFailed: session.status === 'complete' && session.payment_status === 'unpaid' && isRefused(session.payment_intent),
    offer: item?.price ? offerOfPrice(item.price) : null,
    invoiceId: idOf(session.invoice),
    amountCents: session.amount_total ?? 0,
    currency: session.currency ?? CURRENCY,
    invoiceUrl:
      session.invoice === null || typeof session.invoice === 'string' ? null : (session.invoice.hosted_invoice_url ?? null),
  };
}

const isRefused = (intent: string | Stripe.PaymentIntent | null): boolean =>
  intent !== null && typeof intent !== 'string' && ['requires_payment_method', 'canceled'].includes(intent.status);

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

function ignoreMissing(error: unknown): void {
  if (!isMissing(error)) throw error;
}
