import type Stripe from 'stripe';
import { z } from 'zod';
import { refundCharge } from '../acts/refund-charge';
import { invalid } from '../http/problem';
import { expand, integer, metadata, paging, params, text } from '../http/params';
import { listPage } from '../http/list-page';
import { route, type Route } from '../http/route';
import { idOf } from '../ids';

const retrieveIntent = params<Stripe.PaymentIntentRetrieveParams>()({ expand });
const retrieveMethod = params<Stripe.PaymentMethodRetrieveParams>()({ expand });
const retrieveCharge = params<Stripe.ChargeRetrieveParams>()({ expand });
const listCharges = params<Stripe.ChargeListParams>()({ ...paging, customer: text.optional(), payment_intent: text.optional() });
const payment = params<Stripe.InvoicePaymentListParams.Payment>()({
  type: z.enum(['payment_intent']),
  payment_intent: text.optional(),
});
const listPayments = params<Stripe.InvoicePaymentListParams>()({
  ...paging,
  invoice: text.optional(),
  payment: payment.optional(),
});
const refund = params<Stripe.RefundCreateParams>()({
  charge: text.optional(),
  payment_intent: text.optional(),
  amount: integer.optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata: metadata.optional(),
  expand,
});

export const PAYMENTS: readonly Route[] = [
  route('GET /v1/payment_intents/:id', retrieveIntent, (world, { id }) => world.store.get('paymentIntent', id)),
  route('GET /v1/payment_methods/:id', retrieveMethod, (world, { id }) => world.store.get('paymentMethod', id)),
  route('GET /v1/charges/:id', retrieveCharge, (world, { id }) => world.store.get('charge', id)),
  route('GET /v1/charges', listCharges, (world, { params: { customer, payment_intent: intent, ...page } }) => {
    const found = world.store
      .list('charge')
      .filter((charge) => customer === undefined || idOf(charge.customer) === customer)
      .filter((charge) => intent === undefined || idOf(charge.payment_intent) === intent);
    return listPage('/v1/charges', found, page);
  }),
  route('GET /v1/invoice_payments', listPayments, (world, { params: { invoice, payment: wanted, ...page } }) => {
    const intent = wanted?.payment_intent;
    const found = world.store
      .list('invoicePayment')
      .filter((one) => invoice === undefined || idOf(one.invoice) === invoice)
      .filter((one) => intent === undefined || idOf(one.payment.payment_intent) === intent);
    return listPage('/v1/invoice_payments', found, page);
  }),
  route('POST /v1/refunds', refund, (world, { params: given }) => {
    const charge = given.charge ?? idOf(world.store.find('paymentIntent', given.payment_intent ?? null)?.latest_charge);
    if (charge === null)
      throw invalid('One of the following params should be provided for this request: payment_intent or charge.');
    return refundCharge(world, charge, given.amount ?? null);
  }),
];
