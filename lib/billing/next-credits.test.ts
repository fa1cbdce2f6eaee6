// What pages may promise about the next credits, and when they promise nothing.
import { afterEach, expect, test } from 'vitest';
import type { Offer } from './rules/offers';
import { getDashboard } from '@/lib/dashboard/dashboard';
import { db } from '@/lib/platform/db/client';
import { advanceClock } from '@/simulators/stripe/acts/advance-clock';
import { endSubscription } from '@/simulators/stripe/acts/end-subscription';
import { refundCharge } from '@/simulators/stripe/acts/refund-charge';
import { isLive } from '@/simulators/stripe/acts/renew-subscription';
import { type Buyer, deliver, eventsOf, eventsSince, goToCheckout, makeBuyer, STARTER } from '@/tests/billing/buyer';
import { CARDS, payAt } from '@/tests/billing/pages';
import { useStandIn } from '@/tests/billing/use-stand-in';
import { mustBeOk } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';
import { findNextCredits } from './months';
import { getBilling } from './overview';
import { cancelPlan, changePlan, keepPlan } from './plans';
import { findBillingAccount } from './store/accounts';

useTestDatabase();
useTestOutbox();
const standIn = useStandIn();
const YEARLY: Offer = { kind: 'plan', plan: 'starter', interval: 'year' };
const PROFESSIONAL: Offer = { kind: 'plan', plan: 'professional', interval: 'month' };

afterEach(() => {
  const { world } = standIn();
  for (const subscription of world.store.list('subscription').filter(isLive)) endSubscription(world, subscription.id);
});

let mark = 0;
async function tell(): Promise<void> {
  const news = eventsSince(standIn(), mark);
  mark += news.length;
  await deliver(news);
}

async function subscribed(offer: Offer = STARTER, card: string = CARDS.good): Promise<Buyer> {
  mark = eventsOf(standIn()).length;
  const buyer = await makeBuyer();
  await payAt(await goToCheckout(buyer, offer), card);
  await tell();
  return buyer;
}

const now = () => new Date(standIn().world.now() * 1_000);
const next = async (buyer: Buyer) => (await findNextCredits(buyer.scope, now()))?.amount ?? null;

test('a plan promises its next month, and after a cancellation no page promises anything', async () => {
  const buyer = await subscribed(PROFESSIONAL);
  expect(await next(buyer)).toBe(50_000);
  mustBeOk(await cancelPlan(buyer.scope, buyer.userId));
  expect(await next(buyer)).toBeNull();
  expect((await getBilling(buyer.scope, buyer.userId, now())).credits.next).toBeNull();
  expect((await getDashboard(buyer.scope, now())).credits.next).toBeNull();
  mustBeOk(await keepPlan(buyer.scope, buyer.userId));
  expect(await next(buyer)).toBe(50_000);
});

test('a scheduled change promises the credits of the next plan', async () => {
  const buyer = await subscribed(PROFESSIONAL);
  mustBeOk(await changePlan(buyer.scope, { userId: buyer.userId, to: { plan: 'starter', interval: 'month' }, at: now() }, now()));
  expect(await next(buyer)).toBe(5_000);
});

test('a late payment promises nothing', async () => {
  const buyer = await subscribed(STARTER, CARDS.failsLater);
  const end = (await findBillingAccount(buyer.scope))?.currentPeriodEnd?.getTime() ?? 0;
  advanceClock(standIn().world, end / 1_000 + 60);
  await tell();
  expect(await next(buyer)).toBeNull();
});

test('a canceled year still brings its months, and a refunded one brings none', async () => {
  const buyer = await subscribed(YEARLY);
  mustBeOk(await cancelPlan(buyer.scope, buyer.userId));
  expect(await next(buyer)).toBe(5_000);
  refundCharge(standIn().world, standIn().world.store.list('charge')[0]?.id ?? '', null);
  await tell();
  expect(await next(buyer)).toBeNull();
});

test('the Free plan promises the calendar month, unless the workspace closes first', async () => {
  const buyer = await makeBuyer();
  expect(await next(buyer)).toBe(100);
  await db().workspace.update({ where: { id: buyer.scope.workspaceId }, data: { closesAt: now() } });
  expect(await next(buyer)).toBeNull();
});

test('the dashboard says what the balance consists of', async () => {
  const buyer = await subscribed(STARTER);
  const grant = { kind: 'purchase', amount: 653, sourceKey: `of-a-test:${buyer.userId}`, expiresAt: null };
  const { grantCredits } = await import('@/lib/credits/grants');
  const { inTransaction } = await import('@/lib/platform/db/transaction');
  await inTransaction((tx) => grantCredits(buyer.scope, grant, tx));
  const { credits } = await getDashboard(buyer.scope);
  expect(credits.available).toBe(5_653);
  expect(credits.sources).toMatchObject([
    { from: 'plan', credits: 5_000, expiresAt: expect.any(String) as string },
    { from: 'bought', credits: 653, expiresAt: null },
  ]);
});
