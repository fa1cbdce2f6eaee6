// Plans, from the first payment to the last, with the real SDK against the stand-in. The stand-in's clock is moved; our code is
// given the time.
import { afterEach, expect, test } from 'vitest';
import type { Offer } from './rules/offers';
import { advanceClock } from '@/simulators/stripe/acts/advance-clock';
import { endSubscription } from '@/simulators/stripe/acts/end-subscription';
import { isLive } from '@/simulators/stripe/acts/renew-subscription';
import { type Buyer, deliver, eventsOf, eventsSince, goToCheckout, makeBuyer, standingOf, STARTER } from '@/tests/billing/buyer';
import { answerBank, applyCodeAt, CARDS, changeCardAt, payAt, sessionIn } from '@/tests/billing/pages';
import { useStandIn } from '@/tests/billing/use-stand-in';
import { mustBeOk } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { sendNotices } from '@/tests/mail/send-notices';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';
import { getNextInvoice, openPaymentPage } from './invoices';
import { grantDuePlanMonths } from './months';
import { endOverdue } from './upkeep';
import { cancelPlan, changePlan, keepPlan, previewPlanChange } from './plans';
import { finishPurchase } from './purchases';
import { findBillingAccount } from './store/accounts';
import { closeCustomer } from './stripe/checkout';
import { openPortal } from './stripe/catalog';

useTestDatabase();
const outbox = useTestOutbox();
const standIn = useStandIn();

const YEARLY: Offer = { kind: 'plan', plan: 'starter', interval: 'year' };
const PROFESSIONAL = { plan: 'professional', interval: 'month' } as const;
const DAY_MS = 86_400_000;

// All tests share the clock: a subscription that an earlier test left running would renew in the next one.
afterEach(() => {
  const { world } = standIn();
  for (const subscription of world.store.list('subscription').filter(isLive)) endSubscription(world, subscription.id);
});

let mark = 0;
/** Delivers to the product every event since the last call. */
async function tell(): Promise<void> {
  const news = eventsSince(standIn(), mark);
  mark += news.length;
  await deliver(news);
}

const subjectsTo = async ({ email }: Buyer): Promise<string[]> => {
  await sendNotices();
  return (await outbox.mailsTo(email)).map(({ subject }) => subject).reverse();
};

const now = (): Date => new Date(standIn().world.now() * 1_000);

const pass = (seconds: number): void => advanceClock(standIn().world, standIn().world.now() + seconds);

/** Moves the clock to just after the end of the running period. */
async function goToPeriodEnd({ scope }: Buyer): Promise<void> {
  const account = await findBillingAccount(scope);
  if (!account?.currentPeriodEnd) throw new Error('no period runs');
  advanceClock(standIn().world, account.currentPeriodEnd.getTime() / 1_000 + 60);
  await tell();
}

async function subscribed(offer: Offer = STARTER, card: string = CARDS.good): Promise<Buyer> {
  mark = eventsOf(standIn()).length;
  const buyer = await makeBuyer();
  await payAt(await goToCheckout(buyer, offer), card);
  await tell();
  return buyer;
}

test('a monthly plan begins with its credits, granted once by the page or the webhook', async () => {
  const buyer = await makeBuyer();
  const url = await goToCheckout(buyer, STARTER);
  mark = eventsOf(standIn()).length;
  await payAt(url);
  expect(await finishPurchase(buyer.scope, sessionIn(url))).toMatchObject({ state: 'fulfilled' });
  const standing = await standingOf(buyer);
  expect(standing).toMatchObject({ ledger: ['grant 5000'], plan: 'starter', status: 'active', card: 'Visa ending in 4242' });
  await tell();
  expect(await standingOf(buyer)).toEqual(standing);
});

test('a second plan can’t be bought while one is running', async () => {
  const buyer = await subscribed();
  await expect(goToCheckout(buyer, YEARLY)).rejects.toMatchObject({ code: 'conflict' });
});

test('of two open Checkout pages for a plan, the older one is closed', async () => {
  const buyer = await makeBuyer();
  const first = await goToCheckout(buyer, STARTER);
  const second = await goToCheckout(buyer, YEARLY);
  expect((await payAt(first)).text).toContain('has expired');
  await payAt(second);
  expect(await finishPurchase(buyer.scope, sessionIn(second))).toMatchObject({ state: 'fulfilled' });
  expect(
    standIn()
      .world.store.list('subscription')
      .filter(({ customer }) => customer === customerOf(second)),
  ).toHaveLength(1);
});

test('each renewal brings a month', async () => {
  const buyer = await subscribed();
  expect(await getNextInvoice(buyer.scope)).toEqual({ amountCents: 1_500, currency: 'usd' });
  await goToPeriodEnd(buyer);
  await goToPeriodEnd(buyer);
  expect(await standingOf(buyer)).toMatchObject({ ledger: ['grant 5000', 'grant 5000', 'grant 5000'], plan: 'starter' });
});

test('a year is paid once and brings twelve months, one at a time', async () => {
  const buyer = await subscribed(YEARLY);
  expect(await standingOf(buyer)).toMatchObject({ ledger: ['grant 5000'] });
  const account = await findBillingAccount(buyer.scope);
  const end = account?.currentPeriodEnd?.getTime() ?? 0;
  for (let day = 0; day <= 366; day += 5) await grantDuePlanMonths(new Date(Math.min(now().getTime() + day * DAY_MS, end - 1)));
  expect((await standingOf(buyer)).ledger).toEqual(Array.from({ length: 12 }, () => 'grant 5000'));
});

test('an upgrade costs what was shown, begins right away, and brings the rest of the larger month', async () => {
  const buyer = await subscribed();
  const to = PROFESSIONAL;
  pass(60);
  const view = mustBeOk(await previewPlanChange(buyer.scope, { userId: buyer.userId, to }, now()));
  if (view.kind !== 'upgrade') throw new Error('no upgrade');
  expect(mustBeOk(await changePlan(buyer.scope, { userId: buyer.userId, to, at: new Date(view.at) }, now())).payPage).toBeNull();
  const [invoice] = standIn().world.store.list('invoice');
  expect(invoice).toMatchObject({ status: 'paid', amount_paid: view.dueNowCents });
  // Nearly all of the old month is unused: its 5,000 credits were already granted.
  const standing = await standingOf(buyer);
  expect(standing).toMatchObject({ plan: 'professional', status: 'active' });
  expect(standing.credits).toBeGreaterThanOrEqual(50_000);
  expect(standing.credits).toBeLessThan(50_050);
  await tell();
  expect(await standingOf(buyer)).toEqual(standing);
});

test('an upgrade whose charge the bank refuses changes nothing until it is paid on its page', async () => {
  const buyer = await subscribed(STARTER, CARDS.failsLater);
  pass(60);
  const wish = { userId: buyer.userId, to: PROFESSIONAL, at: now() };
  const { payPage: page } = mustBeOk(await changePlan(buyer.scope, wish, now()));
  expect(page).toContain('/i/in_');
  await tell();
  expect(await standingOf(buyer)).toMatchObject({ ledger: ['grant 5000'], plan: 'starter', status: 'active', isPastDue: false });
  await payAt(page ?? '');
  await tell();
  const standing = await standingOf(buyer);
  expect(standing).toMatchObject({ plan: 'professional' });
  expect(standing.credits).toBeGreaterThanOrEqual(50_000);
});

test('a downgrade waits for the end of the period, can be changed, and can be undone', async () => {
  const buyer = await subscribed({ kind: 'plan', plan: 'business', interval: 'month' });
  const { scope, userId } = buyer;
  const to = PROFESSIONAL;
  mustBeOk(await changePlan(scope, { userId, to, at: now() }, now()));
  expect(await standingOf(buyer)).toMatchObject({ plan: 'business', next: to });
  mustBeOk(await changePlan(scope, { userId, to: { plan: 'starter', interval: 'month' }, at: now() }, now()));
  expect(await standingOf(buyer)).toMatchObject({ plan: 'business', next: { plan: 'starter', interval: 'month' } });
  mustBeOk(await keepPlan(scope, userId));
  expect(await standingOf(buyer)).toMatchObject({ plan: 'business', next: null });
  mustBeOk(await changePlan(scope, { userId, to, at: now() }, now()));
  expect(await getNextInvoice(scope)).toMatchObject({ amountCents: 9_900 });
  await goToPeriodEnd(buyer);
  expect(await standingOf(buyer)).toMatchObject({ plan: 'professional', next: null, ledger: ['grant 250000', 'grant 50000'] });
});

test('a year changes to a month only when it is over', async () => {
  const buyer = await subscribed(YEARLY);
  mustBeOk(await changePlan(buyer.scope, { userId: buyer.userId, to: { plan: 'starter', interval: 'month' }, at: now() }, now()));
  await goToPeriodEnd(buyer);
  const account = await findBillingAccount(buyer.scope);
  expect(account).toMatchObject({ plan: 'starter', interval: 'month', status: 'active' });
  await goToPeriodEnd(buyer);
  expect(await standingOf(buyer)).toMatchObject({ plan: 'starter', status: 'active' });
});

test('a canceled plan runs to its end, and can be kept until then', async () => {
  const buyer = await subscribed();
  const { scope, userId } = buyer;
  mustBeOk(await cancelPlan(scope, userId));
  expect(await standingOf(buyer)).toMatchObject({ plan: 'starter', isToEnd: true });
  expect(await getNextInvoice(scope)).toBeNull();
  mustBeOk(await keepPlan(scope, userId));
  expect(await standingOf(buyer)).toMatchObject({ isToEnd: false });
  mustBeOk(await cancelPlan(scope, userId));
  await goToPeriodEnd(buyer);
  expect(await standingOf(buyer)).toMatchObject({ plan: 'free', status: 'canceled', isToEnd: false, ledger: ['grant 5000'] });
  // And it can be bought again.
  await payAt(await goToCheckout(buyer, STARTER));
  await tell();
  expect(await standingOf(buyer)).toMatchObject({ plan: 'starter', status: 'active', ledger: ['grant 5000', 'grant 5000'] });
});

test('a canceled downgrade leaves neither plan', async () => {
  const buyer = await subscribed({ kind: 'plan', plan: 'professional', interval: 'month' });
  const { scope, userId } = buyer;
  mustBeOk(await changePlan(scope, { userId, to: { plan: 'starter', interval: 'month' }, at: now() }, now()));
  mustBeOk(await cancelPlan(scope, userId));
  expect(await standingOf(buyer)).toMatchObject({ next: null, isToEnd: true });
  await goToPeriodEnd(buyer);
  expect(await standingOf(buyer)).toMatchObject({ plan: 'free', ledger: ['grant 50000'] });
});

test('a failed renewal: past due with time to pay, reported once; then back to Free', async () => {
  const buyer = await subscribed(STARTER, CARDS.failsLater);
  await goToPeriodEnd(buyer);
  expect(await standingOf(buyer)).toMatchObject({ plan: 'starter', status: 'past_due', isPastDue: true, ledger: ['grant 5000'] });
  const since = (await findBillingAccount(buyer.scope))?.pastDueSince;
  // Stripe retries after three days, and the time to pay does not start over.
  advanceClock(standIn().world, standIn().world.now() + 4 * 86_400);
  await tell();
  expect((await findBillingAccount(buyer.scope))?.pastDueSince).toEqual(since);
  expect(await subjectsTo(buyer)).toEqual([
    'Your Starter plan has started',
    'Your plan could not be renewed: the payment failed',
  ]);
  expect(await endOverdue(new Date((since?.getTime() ?? 0) + 6 * DAY_MS))).toBe(0);
  expect(await endOverdue(new Date((since?.getTime() ?? 0) + 8 * DAY_MS))).toBe(1);
  await tell();
  expect(await standingOf(buyer)).toMatchObject({ plan: 'free', status: 'canceled', isPastDue: false });
  expect((await subjectsTo(buyer)).slice(2)).toEqual(['Your workspace is back on the Free plan']);
  // What was not paid is no longer charged.
  expect(
    standIn()
      .world.store.list('invoice')
      .filter(({ status }) => status === 'open'),
  ).toEqual([]);
});

test('a plan whose failed renewal is paid on its page continues as if nothing had happened', async () => {
  const buyer = await subscribed(STARTER, CARDS.failsLater);
  await goToPeriodEnd(buyer);
  const page = mustBeOk(await openPaymentPage(buyer.scope, buyer.userId));
  await payAt(page ?? '');
  await tell();
  expect(await standingOf(buyer)).toMatchObject({
    plan: 'starter',
    status: 'active',
    isPastDue: false,
    ledger: ['grant 5000', 'grant 5000'],
  });
  await goToPeriodEnd(buyer);
  expect(await standingOf(buyer)).toMatchObject({ status: 'active' });
});

test('a customer who pays at the last moment keeps the plan', async () => {
  const buyer = await subscribed(STARTER, CARDS.failsLater);
  await goToPeriodEnd(buyer);
  const since = (await findBillingAccount(buyer.scope))?.pastDueSince?.getTime() ?? 0;
  const page = mustBeOk(await openPaymentPage(buyer.scope, buyer.userId));
  await payAt(page ?? '');
  // No event has reached us yet.
  expect(await endOverdue(new Date(since + 8 * DAY_MS))).toBe(0);
  expect(await standingOf(buyer)).toMatchObject({ plan: 'starter', isPastDue: false });
});

test('a card changed in the portal pays the renewals', async () => {
  const buyer = await subscribed(STARTER, CARDS.failsLater);
  const account = await findBillingAccount(buyer.scope);
  await changeCardAt(await openPortal(account?.customerId ?? '', 'http://localhost:3000/billing'), '5555 5555 5555 4444');
  await tell();
  expect(await standingOf(buyer)).toMatchObject({ card: 'Mastercard ending in 4444' });
  await goToPeriodEnd(buyer);
  expect(await standingOf(buyer)).toMatchObject({ status: 'active', ledger: ['grant 5000', 'grant 5000'] });
});

test('a bank that wants the cardholder to confirm each charge makes the renewal wait, and the page asks for it', async () => {
  mark = eventsOf(standIn()).length;
  const buyer = await makeBuyer();
  const first = await payAt(await goToCheckout(buyer, STARTER), CARDS.confirmAlways);
  await answerBank(first.to ?? '', 'yes');
  await tell();
  expect(await standingOf(buyer)).toMatchObject({ plan: 'starter' });
  await goToPeriodEnd(buyer);
  expect(await standingOf(buyer)).toMatchObject({ isPastDue: true });
  const page = mustBeOk(await openPaymentPage(buyer.scope, buyer.userId));
  const bank = await payAt(page ?? '', CARDS.confirmAlways);
  await answerBank(bank.to ?? '', 'yes');
  await tell();
  expect(await standingOf(buyer)).toMatchObject({ isPastDue: false, ledger: ['grant 5000', 'grant 5000'] });
});

test('a promotion code applies to the first payment; renewals cost the full price', async () => {
  mark = eventsOf(standIn()).length;
  const buyer = await makeBuyer();
  const url = await goToCheckout(buyer, STARTER);
  await applyCodeAt(url, 'WELCOME10');
  await payAt(url);
  await tell();
  await goToPeriodEnd(buyer);
  const [second, first] = standIn().world.store.list('invoice');
  expect([first?.amount_paid, second?.amount_paid]).toEqual([1_350, 1_500]);
  expect(await standingOf(buyer)).toMatchObject({ ledger: ['grant 5000', 'grant 5000'] });
});

test('a deleted workspace is not charged again, however often closing it is repeated', async () => {
  const buyer = await subscribed();
  const account = await findBillingAccount(buyer.scope);
  await closeCustomer(account?.customerId ?? '');
  await closeCustomer(account?.customerId ?? '');
  await tell();
  expect(await standingOf(buyer)).toMatchObject({ status: 'canceled', plan: 'free' });
});

function customerOf(checkoutUrl: string): string {
  const { customer } = standIn().world.store.get('session', sessionIn(checkoutUrl));
  if (typeof customer !== 'string') throw new Error('a session without a customer');
  return customer;
}
