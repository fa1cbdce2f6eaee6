import type Stripe from 'stripe';
import { z } from 'zod';
import { changeSession, livingCustomer } from '../acts/change';
import { invalid } from '../http/problem';
import { expand, flag, integer, metadata, paging, params, text } from '../http/params';
import { listPage } from '../http/list-page';
import { route, type Route } from '../http/route';
import { idOf } from '../ids';
import { makeLineItem, makeSession } from '../objects/make-session';
import type { World } from '../world';

type Create = Stripe.Checkout.SessionCreateParams;
const DAY_S = 86_400;

const create = params<Create>()({
  mode: z.enum(['payment', 'subscription']),
  customer: text,
  client_reference_id: text.optional(),
  metadata: metadata.optional(),
  line_items: z.array(z.strictObject({ price: text, quantity: integer.min(1) })).length(1),
  allow_promotion_codes: flag.optional(),
  automatic_tax: params<Stripe.Checkout.SessionCreateParams.AutomaticTax>()({ enabled: flag }).optional(),
  tax_id_collection: params<Stripe.Checkout.SessionCreateParams.TaxIdCollection>()({ enabled: flag }).optional(),
  billing_address_collection: z.enum(['auto', 'required']).optional(),
  customer_update: params<Stripe.Checkout.SessionCreateParams.CustomerUpdate>()({
    address: z.enum(['auto', 'never']).optional(),
    name: z.enum(['auto', 'never']).optional(),
  }).optional(),
  invoice_creation: params<Stripe.Checkout.SessionCreateParams.InvoiceCreation>()({
    enabled: flag,
    invoice_data: params<Stripe.Checkout.SessionCreateParams.InvoiceCreation.InvoiceData>()({
      metadata: metadata.optional(),
    }).optional(),
  }).optional(),
  payment_intent_data: params<Stripe.Checkout.SessionCreateParams.PaymentIntentData>()({
    metadata: metadata.optional(),
    setup_future_usage: z.enum(['off_session', 'on_session']).optional(),
  }).optional(),
  subscription_data: params<Stripe.Checkout.SessionCreateParams.SubscriptionData>()({ metadata: metadata.optional() }).optional(),
  success_url: text,
  cancel_url: text.optional(),
  expires_at: integer.optional(),
  expand,
});
const retrieve = params<Stripe.Checkout.SessionRetrieveParams>()({ expand });
const expire = params<Stripe.Checkout.SessionExpireParams>()({ expand });
const list = params<Stripe.Checkout.SessionListParams>()({
  ...paging,
  customer: text.optional(),
  payment_intent: text.optional(),
  subscription: text.optional(),
  status: z.enum(['open', 'complete', 'expired']).optional(),
});

function open(world: World, given: z.infer<typeof create>): Stripe.Checkout.Session {
  checkMode(given);
  const customer = livingCustomer(world, given.customer);
  const items = given.line_items.map(({ price: id, quantity }, at) => {
    const price = world.store.get('price', id, `line_items[${at}][price]`);
    if (!price.active) throw invalid('The price specified is inactive.', { param: `line_items[${at}][price]` });
    if ((price.recurring !== null) !== (given.mode === 'subscription')) {
      throw invalid(
        `You must provide ${given.mode === 'subscription' ? 'at least one recurring price in `subscription`' : 'one-time prices in `payment`'} mode.`,
      );
    }
    return makeLineItem({ price, quantity, description: world.store.get('product', idOf(price.product) ?? '').name });
  });
  const session = makeSession(
    {
      mode: given.mode,
      customer,
      reference: given.client_reference_id ?? null,
      metadata: given.metadata ?? {},
      items,
      allowsCodes: given.allow_promotion_codes ?? false,
      isTaxed: given.automatic_tax?.enabled ?? false,
      collectsTaxId: given.tax_id_collection?.enabled ?? false,
      addressCollection: given.billing_address_collection ?? 'auto',
      makesInvoice:
        given.invoice_creation?.enabled === true ? { metadata: given.invoice_creation.invoice_data?.metadata ?? {} } : null,
      successUrl: given.success_url,
      cancelUrl: given.cancel_url ?? null,
      expiresAt: given.expires_at ?? world.now() + DAY_S,
      baseUrl: world.baseUrl,
    },
    world.now(),
  );
  world.store.put('sessionItems', {
    id: session.id,
    items,
    metadata: given.subscription_data?.metadata ?? given.payment_intent_data?.metadata ?? {},
    keepsCard: given.payment_intent_data?.setup_future_usage === 'off_session',
    intent: null,
  });
  return world.store.put('session', session);
}

function checkMode({ mode, ...given }: z.infer<typeof create>): void {
  const wrong = mode === 'payment' ? ['subscription_data'] : ['payment_intent_data', 'invoice_creation'];
  const found = wrong.find((name) => Object.hasOwn(given, name));
  if (found !== undefined) throw invalid(`You can not pass \`${found}\` in \`${mode}\` mode.`, { param: found });
  // Tax ids and addresses are saved to the existing customer, which Stripe requires the call to allow.
  if (given.tax_id_collection?.enabled === true && given.customer_update?.name !== 'auto') {
    throw invalid('Tax ID collection requires updating business name on the customer.', { param: 'customer_update[name]' });
  }
  if (given.automatic_tax?.enabled === true && given.customer_update?.address !== 'auto') {
    throw invalid('Automatic tax calculation in Checkout requires a valid address on the Customer.', {
      param: 'customer_update[address]',
    });
  }
}

export const CHECKOUT_SESSIONS: readonly Route[] = [
  route('POST /v1/checkout/sessions', create, (world, call) => open(world, call.params)),
  route(
    'GET /v1/checkout/sessions',
    list,
    (world, { params: { customer, payment_intent: intent, subscription, status, ...page } }) => {
      const found = world.store
        .list('session')
        .filter((session) => customer === undefined || idOf(session.customer) === customer)
        .filter((session) => intent === undefined || idOf(session.payment_intent) === intent)
        .filter((session) => subscription === undefined || idOf(session.subscription) === subscription)
        .filter((session) => status === undefined || session.status === status);
      return listPage('/v1/checkout/sessions', found, page);
    },
  ),
  route('GET /v1/checkout/sessions/:id', retrieve, (world, { id }) => world.store.get('session', id, 'session')),
  route('POST /v1/checkout/sessions/:id/expire', expire, (world, { id }) => {
    const { status } = world.store.get('session', id, 'session');
    if (status !== 'open') {
      throw invalid(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${status ?? 'null'}.`,
      );
    }
    const session = changeSession(world, id, { status: 'expired', url: null });
    world.emit('checkout.session.expired', session);
    return session;
  }),
];
