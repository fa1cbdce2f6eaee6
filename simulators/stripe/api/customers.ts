import type Stripe from 'stripe';
import { z } from 'zod';
import { clearable, expand, metadata, paging, params, text } from '../http/params';
import { listPage } from '../http/list-page';
import { route, type Route } from '../http/route';
import { changeCustomer, livingCustomer } from '../acts/change';
import { endSubscription } from '../acts/end-subscription';
import { idOf } from '../ids';
import { makeCustomer } from '../objects/make-customer';
import type { World } from '../world';

const address = z.strictObject({
  city: text.optional(),
  country: text.optional(),
  line1: text.optional(),
  line2: text.optional(),
  postal_code: text.optional(),
  state: text.optional(),
});
const fields = {
  name: clearable.optional(),
  email: clearable.optional(),
  address: address.optional(),
  metadata: metadata.optional(),
  expand,
};
const create = params<Stripe.CustomerCreateParams>()(fields);
const update = params<Stripe.CustomerUpdateParams>()({
  ...fields,
  invoice_settings: params<Stripe.CustomerUpdateParams.InvoiceSettings>()({ default_payment_method: text }).optional(),
});
const list = params<Stripe.CustomerListParams>()({ ...paging, email: text.optional() });
const retrieve = params<Stripe.CustomerRetrieveParams>()({ expand });
const methods = params<Stripe.CustomerListPaymentMethodsParams>()({ ...paging, type: text.optional() });
const remove = params<Stripe.CustomerDeleteParams>()({});

const toAddress = (given: z.infer<typeof address> | undefined): Stripe.Address | undefined =>
  given && {
    city: given.city ?? null,
    country: given.country ?? null,
    line1: given.line1 ?? null,
    line2: given.line2 ?? null,
    postal_code: given.postal_code ?? null,
    state: given.state ?? null,
  };

/** The stored payment methods: cards of confirmed payments that asked to keep them. */
const methodsOf = (world: World, customer: string): Stripe.PaymentMethod[] =>
  world.store.list('paymentMethod').filter((method) => idOf(method.customer) === customer);

export const CUSTOMERS: readonly Route[] = [
  route('POST /v1/customers', create, (world, { params: given }) => {
    const made = makeCustomer(
      { name: given.name ?? null, email: given.email ?? null, metadata: given.metadata ?? {} },
      world.now(),
    );
    const customer: Stripe.Customer = { ...made, address: toAddress(given.address) ?? null };
    world.store.put('customer', customer);
    world.emit('customer.created', customer);
    return customer;
  }),
  route('GET /v1/customers', list, (world, { params: { email, ...page } }) => {
    const living = world.store.list('customer').flatMap((customer) => (customer.deleted === true ? [] : [customer]));
    return listPage(
      '/v1/customers',
      living.filter((customer) => email === undefined || customer.email === email),
      page,
    );
  }),
  route('GET /v1/customers/:id', retrieve, (world, { id }) => world.store.get('customer', id)),
  route('POST /v1/customers/:id', update, (world, { id, params: given }) => {
    const old = livingCustomer(world, id);
    const method = given.invoice_settings?.default_payment_method;
    if (method !== undefined) world.store.get('paymentMethod', method, 'invoice_settings[default_payment_method]');
    return changeCustomer(world, id, {
      name: given.name === undefined ? (old.name ?? null) : given.name,
      email: given.email === undefined ? old.email : given.email,
      address: toAddress(given.address) ?? old.address ?? null,
      metadata: { ...old.metadata, ...given.metadata },
      ...(method !== undefined && { invoice_settings: { ...old.invoice_settings, default_payment_method: method } }),
    });
  }),
  route('GET /v1/customers/:id/payment_methods', methods, (world, { id, params: { type, ...page } }) => {
    livingCustomer(world, id);
    const all = methodsOf(world, id).filter((method) => type === undefined || method.type === type);
    return listPage(`/v1/customers/${id}/payment_methods`, all, page);
  }),
  route('DELETE /v1/customers/:id', remove, (world, { id }) => {
    const customer = livingCustomer(world, id);
    for (const subscription of world.store.list('subscription')) {
      if (idOf(subscription.customer) === id && subscription.status !== 'canceled') endSubscription(world, subscription.id);
    }
    world.emit('customer.deleted', customer);
    return world.store.put('customer', { id, object: 'customer', deleted: true });
  }),
];
