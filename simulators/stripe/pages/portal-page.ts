// The customer portal: it offers what its settings allow, and nothing else.
import type Stripe from 'stripe';
import { changeCustomer, changeSubscription, livingCustomer } from '../acts/change';
import { isLive, periodEndOf } from '../acts/renew-subscription';
import { idOf } from '../ids';
import { makeCardMethod } from '../objects/make-payment-method';
import { findCard } from '../test-cards';
import type { World } from '../world';
import { cardFields, cardList } from './card-fields';
import { html, type Html } from './html';
import { goTo, show, type PageHandler } from './page';
import { day, money } from './words';

export const portalPage: PageHandler = (world, id) => show(pageOf(world, id, null));

export const submitPortal: PageHandler = (world, id, form) => {
  const session = world.store.get('portalSession', id);
  const { features } = world.store.get('portalConfiguration', idOf(session.configuration) ?? '');
  if (form.get('act') === 'card' && features.payment_method_update.enabled) {
    const problem = changeCard(world, session.customer, form.get('card') ?? '');
    if (problem !== null) return show(pageOf(world, id, problem), 402);
  }
  if (form.get('act') === 'details' && features.customer_update.enabled) changeDetails(world, session.customer, form);
  if (form.get('act') === 'cancel' && features.subscription_cancel.enabled) cancel(world, session.customer);
  return goTo(`/p/session/${id}`);
};

const subscriptionOf = ({ store }: World, customer: string): Stripe.Subscription | null =>
  store.list('subscription').find((one) => idOf(one.customer) === customer && isLive(one)) ?? null;

/** Returns null when done. All later charges use the new card. */
function changeCard(world: World, customerId: string, number: string): string | null {
  const card = findCard(number);
  if (card === null) return 'Your card number is not a test card.';
  const customer = livingCustomer(world, customerId);
  const holder = { name: customer.name ?? null, email: customer.email, country: customer.address?.country ?? null };
  const method = makeCardMethod(card, { customer: customerId, holder, now: world.now() });
  world.store.put('paymentMethod', method);
  world.emit('payment_method.attached', method);
  changeCustomer(world, customerId, { invoice_settings: { ...customer.invoice_settings, default_payment_method: method.id } });
  const subscription = subscriptionOf(world, customerId);
  if (subscription) changeSubscription(world, subscription.id, { default_payment_method: method.id });
  return null;
}

function changeDetails(world: World, customerId: string, form: URLSearchParams): void {
  const { address } = livingCustomer(world, customerId);
  const country = (form.get('country') ?? '').slice(0, 2).toUpperCase();
  const blank = { city: null, line1: null, line2: null, postal_code: null, state: null };
  changeCustomer(world, customerId, {
    name: (form.get('name') ?? '').slice(0, 200),
    address: { ...(address ?? blank), country },
  });
}

function cancel(world: World, customerId: string): void {
  const subscription = subscriptionOf(world, customerId);
  if (subscription?.schedule !== null) return;
  changeSubscription(world, subscription.id, {
    cancel_at_period_end: true,
    cancel_at: periodEndOf(subscription),
    canceled_at: world.now(),
  });
}

function pageOf(world: World, id: string, problem: string | null) {
  const session = world.store.get('portalSession', id);
  const customer = livingCustomer(world, session.customer);
  const { features } = world.store.get('portalConfiguration', idOf(session.configuration) ?? '');
  const subscription = subscriptionOf(world, customer.id);
  const body = html`
    <h1>Billing portal</h1>
    ${session.return_url !== null && html`<p><a href="${session.return_url}">Back to the shop</a></p>`}
    ${problem !== null && html`<p class="note bad" role="alert">${problem}</p>`}
    ${subscription && plan(subscription, features.subscription_cancel.enabled)}
    ${features.payment_method_update.enabled && card(world, customer, subscription)}
    ${features.customer_update.enabled && details(customer)} ${features.invoice_history.enabled && invoices(world, customer.id)}
  `;
  return { title: 'Billing portal', body };
}

const plan = (subscription: Stripe.Subscription, canCancel: boolean): Html => html`
  <h2>Plan</h2>
  <p>
    ${subscription.cancel_at_period_end ? 'Ends' : 'Renews'} on ${day(periodEndOf(subscription))}.
    ${subscription.status !== 'active' && 'A payment is late.'}
  </p>
  ${
    canCancel &&
    !subscription.cancel_at_period_end &&
    html`<form method="post"><button name="act" value="cancel">Cancel the plan</button></form>`
  }
`;

function card(world: World, customer: Stripe.Customer, subscription: Stripe.Subscription | null): Html {
  const id = idOf(subscription?.default_payment_method) ?? idOf(customer.invoice_settings.default_payment_method);
  const method = world.store.find('paymentMethod', id);
  const last4 = method?.card?.last4 ?? method?.us_bank_account?.last4;
  return html`
    <h2>Payment method</h2>
    <p>${method && last4 ? `${brandOf(method)} ending in ${last4}` : 'None yet.'}</p>
    <form method="post">
      ${cardFields()}
      <button class="primary" name="act" value="card">Change the card</button>
    </form>
    ${cardList()}
  `;
}

const brandOf = ({ card: made }: Stripe.PaymentMethod): string =>
  made ? made.brand.charAt(0).toUpperCase() + made.brand.slice(1) : 'Bank account';

const details = (customer: Stripe.Customer): Html => html`
  <h2>Billing details</h2>
  <form method="post">
    <label for="name">Name</label>
    <input id="name" name="name" value="${customer.name ?? ''}" />
    <label for="country">Country</label>
    <input id="country" name="country" maxlength="2" value="${customer.address?.country ?? ''}" />
    <p></p>
    <button name="act" value="details">Save the details</button>
  </form>
`;

function invoices(world: World, customerId: string): Html {
  const all = world.store.list('invoice').filter((invoice) => idOf(invoice.customer) === customerId);
  return html`
    <h2>Invoices</h2>
    ${all.length === 0 && html`<p class="muted">None yet.</p>`}
    ${all.map(
      (invoice) =>
        html`<div class="row">
          <a href="/i/${invoice.id}">${invoice.number ?? 'Draft'}, ${day(invoice.created)}</a>
          <span>${money(invoice.total, invoice.currency)} · ${invoice.status ?? ''}</span>
        </div>`,
    )}
  `;
}
