// Changes of a running subscription. What they cost is always Stripe's word, never ours. More (a larger plan, a year instead of a
// month) starts a new period at once: the unused time is credited and the rest charged. Less waits for the end of the paid period,
// as a schedule. A charge that fails leaves everything as it was, and gives the page where it can still be paid.
import type Stripe from 'stripe';
import type { PlanOffer } from './catalogue';
import { dateOf, findPriceId, idOf } from './catalogue';
import { stripeClient } from './stripe-client';
import { askingStripe } from './stripe-problem';

export interface ChangeTarget {
  customerId: string;
  subscriptionId: string;
  itemId: string;
  scheduleId: string | null;
  to: PlanOffer;
}

export interface ChangePreview {
  /** What Stripe would charge now, tax included. */
  dueNowCents: number;
  lines: { description: string; cents: number }[];
  taxCents: number;
  currency: string;
  /** The moment that was computed for: the change is made with the same, so that it costs the same. */
  at: Date;
}

const secondsOf = (date: Date): number => Math.floor(date.getTime() / 1_000);

const upgradeTo = (itemId: string, price: string) =>
  ({
    items: [{ id: itemId, price }],
    proration_behavior: 'always_invoice',
    billing_cycle_anchor: { type: 'now' },
  }) satisfies Stripe.SubscriptionUpdateParams;

export function previewUpgrade(target: ChangeTarget, at: Date): Promise<ChangePreview> {
  return askingStripe(async () => {
    const price = await findPriceId({ kind: 'plan', ...target.to });
    const invoice = await stripeClient().invoices.createPreview({
      customer: target.customerId,
      subscription: target.subscriptionId,
      subscription_details: { ...upgradeTo(target.itemId, price), proration_date: secondsOf(at) },
    });
    return {
      dueNowCents: invoice.amount_due,
      lines: invoice.lines.data.map((line) => ({ description: line.description ?? 'Plan', cents: line.amount })),
      taxCents: (invoice.total_taxes ?? []).reduce((sum, tax) => sum + tax.amount, 0),
      currency: invoice.currency,
      at: dateOf(secondsOf(at)),
    };
  });
}

export interface Upgraded {
  /** Null when it is done; else the page where the customer pays what the bank did not let us charge. */
  payPage: string | null;
  /** Of what was charged now; null where nothing was. */
  invoiceId: string | null;
}

export function upgrade(target: ChangeTarget, at: Date): Promise<Upgraded> {
  return askingStripe(async () => {
    const stripe = stripeClient();
    if (target.scheduleId !== null) await stripe.subscriptionSchedules.release(target.scheduleId);
    const price = await findPriceId({ kind: 'plan', ...target.to });
    const changed = await stripe.subscriptions.update(
      target.subscriptionId,
      {
        ...upgradeTo(target.itemId, price),
        proration_date: secondsOf(at),
        payment_behavior: 'pending_if_incomplete',
        expand: ['latest_invoice'],
      },
      // A second press of the same button is the same change.
      { idempotencyKey: `upgrade:${target.subscriptionId}:${price}:${secondsOf(at)}` },
    );
    const payPage = changed.pending_update === null ? null : paymentPageOf(changed);
    return { payPage, invoiceId: idOf(changed.latest_invoice) };
  });
}

function paymentPageOf({ latest_invoice: invoice }: Stripe.Subscription): string {
  const url = invoice === null || typeof invoice === 'string' ? null : invoice.hosted_invoice_url;
  if (typeof url !== 'string') throw new Error('a pending change without an invoice to pay');
  return url;
}

export function scheduleDowngrade(target: ChangeTarget): Promise<void> {
  return askingStripe(async () => {
    const { subscriptionSchedules, subscriptions } = stripeClient();
    const price = await findPriceId({ kind: 'plan', ...target.to });
    // A subscription that is to end can't get a schedule, and whoever chooses another plan does not want it to end. One that has a
    // schedule is not to end, and Stripe refuses to hear of it.
    if (target.scheduleId === null) await subscriptions.update(target.subscriptionId, { cancel_at_period_end: false });
    const schedule =
      target.scheduleId === null
        ? await subscriptionSchedules.create({ from_subscription: target.subscriptionId })
        : await subscriptionSchedules.retrieve(target.scheduleId);
    const current = schedule.phases.find(({ start_date }) => start_date === schedule.current_phase?.start_date);
    if (current === undefined) throw new Error('a schedule without a current phase');
    await subscriptionSchedules.update(schedule.id, {
      end_behavior: 'release',
      proration_behavior: 'none',
      phases: [
        { items: current.items.map(toItem), start_date: current.start_date, end_date: current.end_date },
        { items: [{ price, quantity: 1 }], duration: { interval: target.to.interval, interval_count: 1 } },
      ],
    });
  });
}

const toItem = (item: Stripe.SubscriptionSchedule.Phase.Item) => ({
  price: typeof item.price === 'string' ? item.price : item.price.id,
  quantity: item.quantity ?? 1,
});

type Running = Pick<ChangeTarget, 'subscriptionId' | 'scheduleId'>;

/** Stays until the paid period is over. */
export function cancelAtPeriodEnd(running: Running): Promise<void> {
  return setCancel(running, true);
}

/** Takes back a cancellation, and a change that waits. */
export function keepAsIs(running: Running): Promise<void> {
  return setCancel(running, false);
}

function setCancel({ subscriptionId, scheduleId }: Running, isCancelled: boolean): Promise<void> {
  return askingStripe(async () => {
    const { subscriptionSchedules, subscriptions } = stripeClient();
    if (scheduleId !== null) await subscriptionSchedules.release(scheduleId);
    await subscriptions.update(subscriptionId, { cancel_at_period_end: isCancelled });
  });
}

/** Ends it now, for one whose payments are long overdue. What was not paid is no longer asked for. */
export function endSubscription(subscriptionId: string): Promise<void> {
  return askingStripe(async () => {
    const { subscriptions, invoices } = stripeClient();
    const { data } = await invoices.list({ subscription: subscriptionId, status: 'open', limit: 100 });
    await subscriptions.cancel(subscriptionId);
    for (const invoice of data) await invoices.voidInvoice(invoice.id);
  });
}
