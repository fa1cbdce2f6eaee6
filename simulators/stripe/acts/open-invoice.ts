// Makes an invoice and asks for its money: a draft first, then finalized with a number, a hosted page and a payment intent. An invoice with
// nothing to pay is paid at once. The customer's credit is used first.
import type Stripe from 'stripe';
import { idOf } from '../ids';
import {
  amountsOf,
  makeInvoice,
  makeInvoicePayment,
  makeLine,
  type InvoiceFields,
  type LineFields,
} from '../objects/make-invoice';
import { makeIntent } from '../objects/make-payment';
import type { World } from '../world';
import { changeCustomer, changeInvoice, livingCustomer } from './change';
import { settleInvoice } from './settle-invoice';

export interface InvoiceOrder extends Omit<InvoiceFields, 'customer' | 'period'> {
  customerId: string;
  lines: LineFields[];
  discount: { id: string; percent: number } | null;
  /** An earlier payment that covers it. */
  paidBy: string | null;
}

export function draftInvoice(world: World, fields: InvoiceFields): Stripe.Invoice {
  const invoice = world.store.put('invoice', makeInvoice(fields, world.now()));
  world.emit('invoice.created', invoice);
  return invoice;
}

export function openInvoice(world: World, order: InvoiceOrder): Stripe.Invoice {
  const now = world.now();
  const draft = draftInvoice(world, {
    ...order,
    customer: livingCustomer(world, order.customerId),
    period: { start: now, end: now },
  });
  setLines(world, draft.id, order);
  return finaliseInvoice(world, draft.id, order.paidBy);
}

/** The invoice that the order's lines and discount result in; also used for a preview. */
export function pricedLines({ lines, discount }: Pick<InvoiceOrder, 'lines' | 'discount'>, invoiceId: string) {
  const made = lines.map((line) => makeLine(line, invoiceId));
  if (discount === null) return { lines: made, discounts: [] };
  const discounted = made.map((line) => {
    const amount = line.discountable ? Math.round((Math.max(0, line.amount) * discount.percent) / 100) : 0;
    return { ...line, discount_amounts: [{ amount, discount: discount.id }], discounts: [discount.id] };
  });
  const amount = discounted.reduce((sum, line) => sum + (line.discount_amounts[0]?.amount ?? 0), 0);
  return { lines: discounted, discounts: [{ amount, discount: discount.id }] };
}

export function setLines(world: World, id: string, order: Pick<InvoiceOrder, 'lines' | 'discount'>): void {
  const { lines, discounts } = pricedLines(order, id);
  const { lines: page } = world.store.get('invoice', id);
  changeInvoice(world, id, {
    ...amountsOf(lines, discounts),
    lines: { ...page, data: lines },
    discounts: discounts.map(({ discount }) => discount),
  });
}

export function finaliseInvoice(world: World, id: string, paidBy: string | null = null): Stripe.Invoice {
  const draft = world.store.get('invoice', id);
  const customerId = idOf(draft.customer) ?? '';
  const now = world.now();
  const { startingBalance, endingBalance, due } = useBalance(world, customerId, draft.total);
  const path = `${world.baseUrl}/i/${id}`;
  changeInvoice(world, id, {
    status: 'open',
    amount_due: due,
    amount_remaining: due,
    starting_balance: startingBalance,
    ending_balance: endingBalance,
    effective_at: now,
    hosted_invoice_url: path,
    invoice_pdf: `${path}/pdf`,
    number: takeNumber(world, customerId),
    status_transitions: { ...draft.status_transitions, finalized_at: now },
  });
  const open = askForMoney(world, id, { due, paidBy });
  world.emit('invoice.finalized', open);
  if (due === 0) settleInvoice(world, id);
  return world.store.get('invoice', id);
}

function askForMoney(world: World, id: string, { due, paidBy }: { due: number; paidBy: string | null }): Stripe.Invoice {
  const invoice = world.store.get('invoice', id);
  if (due === 0) return invoice;
  const now = world.now();
  const intent = paidBy ?? newIntent(world, invoice);
  world.store.put('invoicePayment', makeInvoicePayment(invoice, intent, now));
  return invoice;
}

function newIntent(world: World, invoice: Stripe.Invoice): string {
  const intent = makeIntent(
    {
      amount: invoice.amount_due,
      currency: invoice.currency,
      customer: idOf(invoice.customer) ?? '',
      description: invoice.description ?? `Invoice ${invoice.number ?? invoice.id}`,
      metadata: {},
      keepsCard: invoice.parent !== null,
      methodTypes: ['card'],
    },
    world.now(),
  );
  world.store.put('paymentIntent', intent);
  world.emit('payment_intent.created', intent);
  return intent.id;
}

/** A negative balance is credit. */
function useBalance(world: World, customerId: string, total: number) {
  const { balance: startingBalance } = livingCustomer(world, customerId);
  const rest = total + startingBalance;
  const endingBalance = Math.min(0, rest);
  if (endingBalance !== startingBalance) changeCustomer(world, customerId, { balance: endingBalance });
  return { startingBalance, endingBalance, due: Math.max(0, rest) };
}

function takeNumber(world: World, customerId: string): string {
  const customer = livingCustomer(world, customerId);
  const sequence = customer.next_invoice_sequence ?? 1;
  world.store.put('customer', { ...customer, next_invoice_sequence: sequence + 1 });
  return `${customer.invoice_prefix ?? 'INV'}-${String(sequence).padStart(4, '0')}`;
}
