// The page of a Checkout session: the purchase, a promotion code, and the payment methods.
import type Stripe from 'stripe';
import { payCheckout, type Payer } from '../acts/pay-checkout';
import { applyCode } from '../acts/promotion';
import type { World } from '../world';
import { cardFields, cardList } from './card-fields';
import { html, type Html } from './html';
import { goTo, narrow, show, type PageAnswer, type PageHandler } from './page';
import { money } from './words';

export const checkoutPage: PageHandler = (world, id) => {
  const session = world.store.get('session', id);
  return session.status === 'open' ? show({ title: 'Checkout', body: body(world, session, null) }) : isOver(session);
};

export const returnUrlOf = (session: Stripe.Checkout.Session): string =>
  (session.success_url ?? '/').replaceAll('{CHECKOUT_SESSION_ID}', session.id);

function isOver(session: Stripe.Checkout.Session): PageAnswer {
  const isComplete = session.status === 'complete';
  const words = isComplete ? 'You’re all done here.' : 'This Checkout session has expired.';
  const back = isComplete ? returnUrlOf(session) : (session.cancel_url ?? '/');
  return narrow(
    'Checkout',
    html`<h1>${words}</h1>
      <p><a class="button" href="${back}">Go back to the shop</a></p>`,
  );
}

export const submitCheckout: PageHandler = (world, id, form) => {
  const session = world.store.get('session', id);
  if (session.status !== 'open') return isOver(session);
  if (form.has('apply')) {
    const isApplied = applyCode(world, id, form.get('code') ?? '');
    const problem = isApplied ? null : 'This code is invalid.';
    return show({ title: 'Checkout', body: body(world, world.store.get('session', id), problem) }, isApplied ? 200 : 400);
  }
  const pressed = payCheckout(world, id, payerOf(form));
  if (pressed.is === 'confirm') return goTo(pressed.url);
  const now = world.store.get('session', id);
  if (pressed.is === 'done') return goTo(returnUrlOf(now));
  return show({ title: 'Checkout', body: body(world, now, pressed.message) }, 402);
};

const textOf = (form: URLSearchParams, name: string): string | null => {
  const text = (form.get(name) ?? '').trim().slice(0, 200);
  return text === '' ? null : text;
};

const payerOf = (form: URLSearchParams): Payer => ({
  cardNumber: form.get('way') === 'debit' ? null : (form.get('card') ?? ''),
  name: textOf(form, 'name'),
  email: textOf(form, 'email'),
  country: textOf(form, 'country'),
  taxId: textOf(form, 'tax_id'),
});

function body(world: World, session: Stripe.Checkout.Session, problem: string | null): Html {
  const customer = world.store.find('customer', typeof session.customer === 'string' ? session.customer : null);
  const known = customer === null || customer.deleted === true ? null : customer;
  const isPlan = session.mode === 'subscription';
  return html`
    <div class="columns">
      <section aria-label="Order">
        <h1>${isPlan ? 'Subscribe' : 'Pay'}</h1>
        ${world.store.get('sessionItems', session.id).items.map(itemRow)} ${discountRow(session)}
        <div class="row total">
          <span>Due today</span><span>${money(session.amount_total ?? 0, session.currency ?? 'usd')}</span>
        </div>
        ${session.automatic_tax.enabled && html`<p class="muted small">Stripe would add tax here by the address.</p>`}
        ${session.allow_promotion_codes === true && codeForm()}
        <p><a href="${session.cancel_url ?? '/'}">Back without paying</a></p>
      </section>
      <section aria-label="Payment">
        ${problem !== null && html`<p class="note bad" role="alert">${problem}</p>`}
        <form method="post">
          <label for="email">Email</label>
          <input id="email" name="email" type="email" autocomplete="off" value="${known?.email ?? ''}" />
          ${!isPlan && ways()} ${cardFields()}
          <label for="name">Name</label>
          <input id="name" name="name" autocomplete="off" value="${known?.name ?? ''}" />
          <label for="country">Country</label>
          <input id="country" name="country" autocomplete="off" value="US" maxlength="2" />
          ${session.tax_id_collection?.enabled === true && taxField()}
          <button class="primary wide">
            ${isPlan ? 'Subscribe' : 'Pay'} ${money(session.amount_total ?? 0, session.currency ?? 'usd')}
          </button>
        </form>
        ${cardList()}
      </section>
    </div>
  `;
}

function itemRow({ description, quantity, amount_subtotal: amount, currency, price }: Stripe.LineItem): Html {
  const every = price?.recurring ? ` each ${price.recurring.interval}` : '';
  return html`<div class="row">
    <span>${quantity ?? 1} × ${description ?? 'Item'}</span><span>${money(amount, currency)}${every}</span>
  </div>`;
}

function discountRow({ total_details: details, currency }: Stripe.Checkout.Session): Html | null {
  const off = details?.amount_discount ?? 0;
  return off === 0 ? null : html`<div class="row"><span>Discount</span><span>−${money(off, currency ?? 'usd')}</span></div>`;
}

const codeForm = (): Html => html`
  <form method="post" class="inline">
    <div>
      <label for="code">Promotion code</label>
      <input id="code" name="code" autocomplete="off" placeholder="WELCOME10" />
    </div>
    <button name="apply" value="1">Apply code</button>
  </form>
`;

const ways = (): Html => html`
  <fieldset>
    <legend>Pay by</legend>
    <label><input type="radio" name="way" value="card" checked /> Card</label>
    <label
      ><input type="radio" name="way" value="debit" /> Bank debit (the money arrives later, from the stand-in’s own page)</label
    >
  </fieldset>
`;

const taxField = (): Html => html`
  <label for="tax_id">Tax id (optional)</label>
  <input id="tax_id" name="tax_id" autocomplete="off" />
`;
