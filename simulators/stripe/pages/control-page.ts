// The stand-in's own page: its clock, payments to refund or to let arrive, subscriptions, and the events it sent.
import type Stripe from 'stripe';
import { addInterval } from '../calendar';
import { advanceClock } from '../acts/advance-clock';
import { arriveDebit } from '../acts/arrive-debit';
import { CODES } from '../acts/promotion';
import { closeDispute, escalateDispute, openDispute, openDisputeOf } from '../acts/dispute-charge';
import { refundCharge } from '../acts/refund-charge';
import { periodEndOf } from '../acts/renew-subscription';
import { idOf } from '../ids';
import type { World } from '../world';
import { html, type Html } from './html';
import { goTo, show, type PageHandler } from './page';
import { moment, money } from './words';

const DAY_S = 86_400;
const SHOWN = 30;

export const controlPage: PageHandler = (world) => show({ title: 'Controls', body: body(world) });

const STEPS: Readonly<Record<string, (now: number) => number>> = {
  day: (now) => now + DAY_S,
  week: (now) => now + 7 * DAY_S,
  month: (now) => addInterval(now, 'month', 1),
  year: (now) => addInterval(now, 'year', 1),
};

export const submitControl: PageHandler = (world, _id, form) => {
  const thing = form.get('id') ?? '';
  switch (form.get('act')) {
    case 'advance':
      advanceClock(world, STEPS[thing]?.(world.now()) ?? world.now());
      break;
    case 'delivery':
      world.store.put('setting', { id: 'delivery', value: thing === 'shuffled' ? 1 : 0 });
      break;
    case 'arrive':
      arriveDebit(world, thing, true);
      break;
    case 'return':
      arriveDebit(world, thing, false);
      break;
    case 'refund':
      refundCharge(world, thing, null);
      break;
    case 'dispute':
      openDispute(world, thing);
      break;
    case 'inquire':
      openDispute(world, thing, true);
      break;
    case 'escalate':
      escalateDispute(world, thing);
      break;
    case 'win':
      closeDispute(world, thing, true);
      break;
    case 'lose':
      closeDispute(world, thing, false);
  }
  return goTo('/');
};

const button = (act: string, id: string, label: string): Html => html`
  <form method="post"><input type="hidden" name="act" value="${act}" /><button name="id" value="${id}">${label}</button></form>
`;

const body = (world: World): Html => html`
  <h1>Controls of the stand-in</h1>
  <p class="muted">It answers the product in Stripe’s place while STRIPE_SECRET_KEY is not set. Nothing here is real.</p>
  <h2>Clock</h2>
  <p>It is ${moment(world.now())} here. Moving on renews plans and tries late payments again.</p>
  <div class="inline">${Object.keys(STEPS).map((step) => button('advance', step, `Go on by a ${step}`))}</div>
  <h2>Events</h2>
  ${delivery(world)}
  <h2>Promotion codes</h2>
  <p>${CODES.map(({ code, name }) => html`<code>${code}</code> (${name}) `)}</p>
  ${charges(world)} ${subscriptions(world)} ${events(world)}
`;

function delivery(world: World): Html {
  const isShuffled = world.store.find('setting', 'delivery')?.value === 1;
  return isShuffled
    ? html`<p>Events are sent shuffled, and each of them twice.</p>
        ${button('delivery', 'plain', 'Send events once')}`
    : html`<p>Events are sent once, at once.</p>
        ${button('delivery', 'shuffled', 'Send events shuffled and twice')}`;
}

const emailOf = ({ store }: World, customer: string | null): string => {
  const found = store.find('customer', customer);
  return found === null || found.deleted === true ? '–' : (found.email ?? '–');
};

function charges(world: World): Html {
  const all = world.store.list('charge').slice(0, SHOWN);
  return table(
    'Payments',
    ['When', 'Customer', 'Amount', 'State', 'What may happen'],
    all.map((charge) => [
      html`${moment(charge.created)}`,
      html`${emailOf(world, idOf(charge.customer))}`,
      html`${money(charge.amount, charge.currency)}`,
      html`${stateOf(world, charge)}`,
      chargeButtons(world, charge),
    ]),
  );
}

function chargeButtons(world: World, charge: Stripe.Charge): Html {
  const intent = idOf(charge.payment_intent) ?? '';
  if (charge.status === 'pending' && world.store.find('paymentIntent', intent)?.status === 'processing') {
    return html`<div class="inline">
      ${button('arrive', intent, 'Let the money arrive')}${button('return', intent, 'Let the bank send it back')}
    </div>`;
  }
  const dispute = openDisputeOf(world, charge.id);
  if (dispute !== null) return disputeButtons(dispute);
  if (charge.status !== 'succeeded' || charge.refunded) return html``;
  return html`<div class="inline">
    ${button('refund', charge.id, 'Refund all of it')}${button('dispute', charge.id, 'Dispute it')}
    ${button('inquire', charge.id, 'Let the bank ask')}
  </div>`;
}

function disputeButtons({ id, status }: Stripe.Dispute): Html {
  if (status.startsWith('warning')) {
    return html`<div class="inline">
      ${button('escalate', id, 'Make it a chargeback')}${button('win', id, 'Close the inquiry')}
    </div>`;
  }
  return html`<div class="inline">
    ${button('win', id, 'Decide for the merchant')}${button('lose', id, 'Decide for the cardholder')}
  </div>`;
}

function stateOf(world: World, charge: Stripe.Charge): string {
  if (charge.refunded) return 'refunded';
  const dispute = world.store.list('dispute').find((one) => idOf(one.charge) === charge.id);
  return dispute === undefined ? charge.status : `dispute: ${dispute.status.replaceAll('_', ' ')}`;
}

function subscriptions(world: World): Html {
  const all = world.store.list('subscription').slice(0, SHOWN);
  return table(
    'Subscriptions',
    ['Customer', 'Plan', 'State', 'Period ends'],
    all.map((one) => [
      html`${emailOf(world, idOf(one.customer))}`,
      html`${one.items.data[0]?.price.lookup_key ?? one.items.data[0]?.price.id ?? ''}`,
      html`${one.status}${one.cancel_at_period_end && ', ends then'}`,
      html`${moment(periodEndOf(one))}`,
    ]),
  );
}

function events(world: World): Html {
  const all = world.store.list('event').slice(0, SHOWN);
  return table(
    'Last events',
    ['When', 'Type', 'Id', 'Delivered'],
    all.map((event) => [
      html`${moment(event.created)}`,
      html`<code>${event.type}</code>`,
      html`<code>${event.id}</code>`,
      html`${event.pending_webhooks === 0 ? 'yes' : 'not yet'}`,
    ]),
  );
}

const table = (title: string, heads: readonly string[], rows: readonly (readonly Html[])[]): Html => html`
  <h2>${title}</h2>
  ${
    rows.length === 0
      ? html`<p class="muted">None yet.</p>`
      : html`<div class="scroll" tabindex="0">
          <table>
            <thead>
              <tr>
                ${heads.map((head) => html`<th>${head}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${rows.map(
                (cells) =>
                  html`<tr>
                    ${cells.map((cell) => html`<td>${cell}</td>`)}
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>`
  }
`;
