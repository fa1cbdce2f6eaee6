// The hosted page of an invoice, where an open one can be paid.
import type Stripe from 'stripe';
import { changeSubscription } from '../acts/change';
import { payInvoice } from '../acts/pay-invoice';
import { intentOfInvoice, subscriptionOf } from '../acts/settle-invoice';
import { idOf } from '../ids';
import { makeCardMethod } from '../objects/make-payment-method';
import { findCard } from '../test-cards';
import type { World } from '../world';
import { cardFields, cardList } from './card-fields';
import { html, type Html } from './html';
import { goTo, show, type PageHandler } from './page';
import { day, money } from './words';

export const invoicePage: PageHandler = (world, id) => show(pageOf(world, id, null));

export const submitInvoice: PageHandler = (world, id, form) => {
  const invoice = world.store.get('invoice', id);
  if (invoice.status !== 'open') return goTo(`/i/${id}`);
  const card = findCard(form.get('card') ?? '');
  if (card === null) return show(pageOf(world, id, 'Your card number is not a test card.'), 402);
  const holder = { name: invoice.customer_name, email: invoice.customer_email, country: 'US' };
  const method = makeCardMethod(card, { customer: idOf(invoice.customer) ?? '', holder, now: world.now() });
  world.store.put('paymentMethod', method);
  const outcome = payInvoice(world, id, { method, isOnSession: true });
  const subscription = subscriptionOf(invoice);
  if (outcome.is === 'paid' && subscription !== null)
    changeSubscription(world, subscription, { default_payment_method: method.id });
  if (outcome.is === 'needs_action') return goTo(`/confirm/${intentOfInvoice(world, id) ?? ''}`);
  return outcome.is === 'declined' ? show(pageOf(world, id, outcome.decline.message), 402) : goTo(`/i/${id}`);
};

function pageOf(world: World, id: string, problem: string | null) {
  const invoice = world.store.get('invoice', id);
  const title = `Invoice ${invoice.number ?? ''}`;
  return { title, body: body(invoice, problem) };
}

const STATES: Readonly<Record<string, string>> = { open: 'Not paid yet', paid: 'Paid', void: 'Given up', draft: 'A draft' };

const body = (invoice: Stripe.Invoice, problem: string | null): Html => html`
  <div class="columns">
    <section aria-label="Invoice">
      <h1>Invoice ${invoice.number ?? ''}</h1>
      <p class="note ${invoice.status === 'paid' ? 'good' : 'bad'}">${STATES[invoice.status ?? 'draft'] ?? 'Not paid'}</p>
      <p class="muted">${day(invoice.created)} · ${invoice.customer_name ?? ''} · ${invoice.customer_email ?? ''}</p>
      ${invoice.lines.data.map(
        (line) =>
          html`<div class="row"><span>${line.description ?? ''}</span><span>${money(line.amount, line.currency)}</span></div>`,
      )}
      ${
        invoice.total !== invoice.subtotal &&
        html`<div class="row">
          <span>Discount</span><span>${money(invoice.total - invoice.subtotal, invoice.currency)}</span>
        </div>`
      }
      <div class="row"><span>Total</span><span>${money(invoice.total, invoice.currency)}</span></div>
      <div class="row total"><span>Still to pay</span><span>${money(invoice.amount_remaining, invoice.currency)}</span></div>
      <p><a href="/i/${invoice.id}/pdf">Download as PDF</a></p>
    </section>
    ${
      invoice.status === 'open' &&
      html`<section aria-label="Payment">
        ${problem !== null && html`<p class="note bad" role="alert">${problem}</p>`}
        <form method="post">
          ${cardFields()}
          <button class="primary wide">Pay ${money(invoice.amount_remaining, invoice.currency)}</button>
        </form>
        ${cardList()}
      </section>`
    }
  </div>
`;
