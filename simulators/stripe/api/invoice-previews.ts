// Previews an invoice: of a plan change, or of the next renewal. Computes what the real one would say, and stores nothing.
import type Stripe from 'stripe';
import { z } from 'zod';
import { livingCustomer } from '../acts/change';
import { linesOfChange } from '../acts/change-plan';
import { pricedLines } from '../acts/open-invoice';
import { nextPeriodOf, renewalLine } from '../acts/renew-subscription';
import { expand, integer, params, text } from '../http/params';
import { invalid } from '../http/problem';
import { route, type Route } from '../http/route';
import { amountsOf, makeInvoice, type LineFields } from '../objects/make-invoice';
import type { World } from '../world';

const preview = params<Stripe.InvoiceCreatePreviewParams>()({
  customer: text,
  subscription: text,
  subscription_details: params<Stripe.InvoiceCreatePreviewParams.SubscriptionDetails>()({
    items: z.array(z.strictObject({ id: text, price: text })).length(1),
    proration_behavior: z.enum(['always_invoice']),
    proration_date: integer.optional(),
    billing_cycle_anchor: z.strictObject({ type: z.enum(['now']) }),
  }).optional(),
  expand,
});

function linesOf(
  world: World,
  subscription: Stripe.Subscription,
  details: z.infer<typeof preview>['subscription_details'],
): LineFields[] {
  if (details === undefined) {
    const next = nextPeriodOf(world, subscription);
    if (next === null) throw invalid('No upcoming invoices for customer', { code: 'invoice_upcoming_none' });
    return [renewalLine(world, subscription, next)];
  }
  const [item] = details.items;
  const price = world.store.get('price', item?.price ?? '', 'subscription_details[items][0][price]');
  return linesOfChange(world, subscription, {
    price,
    itemId: item?.id ?? '',
    prorationDate: details.proration_date ?? world.now(),
  });
}

function makePreview(world: World, given: z.infer<typeof preview>): Stripe.Invoice {
  const now = world.now();
  const subscription = world.store.get('subscription', given.subscription, 'subscription');
  const customer = livingCustomer(world, given.customer);
  const invoice = makeInvoice(
    {
      customer,
      currency: subscription.currency,
      reason: 'upcoming',
      subscription,
      description: null,
      metadata: {},
      autoAdvance: true,
      defaultMethod: null,
      isTaxed: false,
      period: { start: now, end: now },
    },
    now,
  );
  const order = linesOf(world, subscription, given.subscription_details);
  const { lines, discounts } = pricedLines({ lines: order, discount: null }, invoice.id);
  const amounts = amountsOf(lines, discounts);
  const due = Math.max(0, amounts.total + customer.balance);
  return {
    ...invoice,
    ...amounts,
    id: invoice.id.replace('in_', 'upcoming_in_'),
    amount_due: due,
    amount_remaining: due,
    lines: { ...invoice.lines, data: lines },
  };
}

export const INVOICE_PREVIEWS: readonly Route[] = [
  route('POST /v1/invoices/create_preview', preview, (world, call) => makePreview(world, call.params)),
];
