import type Stripe from 'stripe';
import { z } from 'zod';
import { livingCustomer } from '../acts/change';
import { draftInvoice, finaliseInvoice } from '../acts/open-invoice';
import { cardError, methodFor, payInvoice } from '../acts/pay-invoice';
import { subscriptionOf } from '../acts/settle-invoice';
import { voidInvoice } from '../acts/void-invoice';
import { invalid } from '../http/problem';
import { expand, flag, metadata, paging, params, text } from '../http/params';
import { listPage } from '../http/list-page';
import { route, type Route } from '../http/route';
import { idOf } from '../ids';
import type { World } from '../world';

const create = params<Stripe.InvoiceCreateParams>()({
  customer: text,
  auto_advance: flag.optional(),
  collection_method: z.enum(['charge_automatically']).optional(),
  pending_invoice_items_behavior: z.enum(['exclude']),
  default_payment_method: text.optional(),
  description: text.optional(),
  metadata: metadata.optional(),
  currency: text.optional(),
  expand,
});
const list = params<Stripe.InvoiceListParams>()({
  ...paging,
  customer: text.optional(),
  subscription: text.optional(),
  status: z.enum(['draft', 'open', 'paid', 'uncollectible', 'void']).optional(),
});
const retrieve = params<Stripe.InvoiceRetrieveParams>()({ expand });
const pay = params<Stripe.InvoicePayParams>()({ off_session: flag.optional(), payment_method: text.optional(), expand });
const finalise = params<Stripe.InvoiceFinalizeInvoiceParams>()({ auto_advance: flag.optional(), expand });
const giveUp = params<Stripe.InvoiceVoidInvoiceParams>()({ expand });

function makeDraft(world: World, given: z.infer<typeof create>): Stripe.Invoice {
  const now = world.now();
  const method = given.default_payment_method;
  if (method !== undefined) world.store.get('paymentMethod', method, 'default_payment_method');
  return draftInvoice(world, {
    customer: livingCustomer(world, given.customer),
    currency: given.currency ?? 'usd',
    reason: 'manual',
    subscription: null,
    description: given.description ?? null,
    metadata: given.metadata ?? {},
    autoAdvance: given.auto_advance ?? false,
    defaultMethod: method ?? null,
    isTaxed: false,
    period: { start: now, end: now },
  });
}

function charge(world: World, id: string, given: z.infer<typeof pay>): Stripe.Invoice {
  const found = world.store.get('invoice', id);
  if (found.status === 'draft') finaliseInvoice(world, id);
  const invoice = world.store.get('invoice', id);
  if (invoice.status === 'paid') {
    if (found.status === 'draft') return invoice;
    throw invalid('Invoice is already paid', { code: 'invoice_already_paid' });
  }
  if (invoice.status !== 'open') throw invalid('You can only pay open invoices.', { code: 'invoice_not_editable' });
  const method =
    given.payment_method === undefined
      ? methodFor(world, invoice)
      : world.store.get('paymentMethod', given.payment_method, 'payment_method');
  if (method === null)
    throw invalid('There is no `default_payment_method` set on this Customer or Invoice.', { code: 'missing' });
  const outcome = payInvoice(world, id, { method, isOnSession: given.off_session !== true });
  if (outcome.is === 'declined' || outcome.is === 'needs_action') throw cardError(world, id, outcome);
  return world.store.get('invoice', id);
}

export const INVOICES: readonly Route[] = [
  route('POST /v1/invoices', create, (world, call) => makeDraft(world, call.params)),
  route('GET /v1/invoices', list, (world, { params: { customer, subscription, status, ...page } }) => {
    const found = world.store
      .list('invoice')
      .filter((invoice) => customer === undefined || idOf(invoice.customer) === customer)
      .filter((invoice) => subscription === undefined || subscriptionOf(invoice) === subscription)
      .filter((invoice) => status === undefined || invoice.status === status);
    return listPage('/v1/invoices', found, page);
  }),
  route('GET /v1/invoices/:id', retrieve, (world, { id }) => world.store.get('invoice', id, 'invoice')),
  route('POST /v1/invoices/:id/pay', pay, (world, { id, params: given }) => charge(world, id, given)),
  route('POST /v1/invoices/:id/finalize', finalise, (world, { id }) => {
    if (world.store.get('invoice', id).status !== 'draft') {
      throw invalid('This invoice is already finalized, you can’t re-finalize a non-draft invoice.', {
        code: 'invoice_not_editable',
      });
    }
    return finaliseInvoice(world, id);
  }),
  route('POST /v1/invoices/:id/void', giveUp, (world, { id }) => voidInvoice(world, id)),
];
