// Reversed payments: disputes and refunds of packs and plans, in any order and number, with the real SDK against the stand-in.
import { afterEach, expect, test } from 'vitest';
import { advanceClock } from '@/simulators/stripe/acts/advance-clock';
import { closeDispute, escalateDispute, openDispute } from '@/simulators/stripe/acts/dispute-charge';
import { endSubscription } from '@/simulators/stripe/acts/end-subscription';
import { refundCharge } from '@/simulators/stripe/acts/refund-charge';
import { isLive } from '@/simulators/stripe/acts/renew-subscription';
import { findBillingAccount } from './store/accounts';
import { db } from '@/lib/platform/db/client';
import type { Offer } from './rules/offers';
import {
  deliver,
  deliverAgain,
  eventsOf,
  eventsSince,
  goToCheckout,
  makeBuyer,
  PACK,
  standingOf,
  STARTER,
  type Buyer,
} from '@/tests/billing/buyer';
import { payAt, sessionIn } from '@/tests/billing/pages';
import { useStandIn } from '@/tests/billing/use-stand-in';
import { capture, mustBeOk, mustHold, release } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { sendNotices } from '@/tests/mail/send-notices';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';
import { useSettings } from '@/tests/settings';
import { finishPurchase } from './purchases';
import { getBilling } from './overview';
import { grantDuePlanMonths } from './months';
import { runBillingUpkeep } from './upkeep';
import { setAutoTopUp } from './top-ups';
import { listDisputes, settleCharge } from './reversals';

useTestDatabase();
useSettings({ OPERATOR_EMAILS: ['operator@example.org'] });
const outbox = useTestOutbox();
const standIn = useStandIn();
const YEARLY: Offer = { kind: 'plan', plan: 'starter', interval: 'year' };

afterEach(() => {
  const { world } = standIn();
  for (const subscription of world.store.list('subscription').filter(isLive)) endSubscription(world, subscription.id);
});

async function bought(offer: Offer = PACK) {
  const buyer = await makeBuyer();
  const mark = eventsOf(standIn()).length;
  const url = await goToCheckout(buyer, offer);
  await payAt(url);
  const { store } = standIn().world;
  const charge = store.list('charge')[0]?.id ?? '';
  return { buyer, charge, url, events: () => eventsSince(standIn(), mark) };
}

const subjectsTo = async (address: string): Promise<string[]> => {
  await sendNotices();
  return (await outbox.mailsTo(address)).map(({ subject }) => subject).reverse();
};
const reversalsOf = ({ scope }: Buyer) => db().paymentReversal.findMany({ where: scope, orderBy: { createdAt: 'asc' } });

test('a chargeback takes the unspent credits of its purchase, never spent or held ones, and tells owner and operator', async () => {
  const { buyer, charge, events } = await bought();
  await deliver(events());
  await capture(buyer.scope, await mustHold(buyer.scope, 1_000), 1_000);
  await mustHold(buyer.scope, 400);
  openDispute(standIn().world, charge);
  await deliver(events());
  expect(await standingOf(buyer)).toMatchObject({ ledger: ['capture -1000', 'expire -8600', 'grant 10000'], credits: 400 });
  expect(await reversalsOf(buyer)).toMatchObject([{ kind: 'dispute', state: 'taken', wanted: 10_000, taken: 8_600 }]);
  expect(await subjectsTo(buyer.email)).toContain('A payment of $35.00 is disputed');
  expect(await subjectsTo('operator@example.org')).toContain('Dispute of $35.00');
  const shown = (await listDisputes()).filter(({ workspaceId }) => workspaceId === buyer.scope.workspaceId);
  expect(shown).toMatchObject([{ what: '10,000 credits', status: 'needs_response', wanted: 10_000, taken: 8_600 }]);
  const { reversals } = await getBilling(buyer.scope, buyer.userId);
  expect(reversals).toMatchObject([{ kind: 'dispute', state: 'taken', taken: 8_600 }]);
});

test('credits that were held when the rest was taken are taken when they are released', async () => {
  const { buyer, charge, events } = await bought();
  await deliver(events());
  const holdId = await mustHold(buyer.scope, 400);
  openDispute(standIn().world, charge);
  await deliver(events());
  await release(buyer.scope, holdId);
  expect((await runBillingUpkeep(new Date())).creditsTakenBack).toBe(400);
  expect((await runBillingUpkeep(new Date())).creditsTakenBack).toBe(0);
  expect(await standingOf(buyer)).toMatchObject({ credits: 0 });
});

test('a won dispute returns them once, whatever events are repeated', async () => {
  const { buyer, charge, events } = await bought();
  await deliver(events());
  const dispute = openDispute(standIn().world, charge);
  await deliver(events());
  expect(await standingOf(buyer)).toMatchObject({ credits: 0 });
  closeDispute(standIn().world, dispute.id, true);
  const all = events();
  await Promise.all([...all].reverse().map((event) => deliverAgain(event)));
  for (const event of all) await deliverAgain(event);
  expect(await standingOf(buyer)).toMatchObject({ ledger: ['expire -10000', 'grant 10000', 'grant 10000'], credits: 10_000 });
  const told = await subjectsTo(buyer.email);
  expect(told.filter((subject) => subject === '10,000 credits are back in your workspace')).toHaveLength(1);
  expect((await subjectsTo('operator@example.org')).filter((subject) => subject === 'Dispute of $35.00: won')).toHaveLength(1);
});

test('a lost dispute leaves them taken', async () => {
  const { buyer, charge, events } = await bought();
  const dispute = openDispute(standIn().world, charge);
  closeDispute(standIn().world, dispute.id, false);
  for (const event of [...events()].reverse()) await deliverAgain(event);
  await deliver(events());
  expect(await standingOf(buyer)).toMatchObject({ ledger: ['expire -10000', 'grant 10000'], credits: 0 });
});

test('an inquiry takes nothing until it becomes a chargeback', async () => {
  const { buyer, charge, events } = await bought();
  const dispute = openDispute(standIn().world, charge, true);
  await deliver(events());
  expect(await standingOf(buyer)).toMatchObject({ credits: 10_000 });
  escalateDispute(standIn().world, dispute.id);
  await deliver(events());
  expect(await standingOf(buyer)).toMatchObject({ credits: 0 });
  expect(await reversalsOf(buyer)).toHaveLength(1);
});

test('settled many times concurrently, it takes once; a won dispute of a payment that was refunded since returns nothing', async () => {
  const { buyer, charge, events } = await bought();
  await deliver(events());
  const { world } = standIn();
  const dispute = openDispute(world, charge);
  await Promise.all(Array.from({ length: 6 }, () => settleCharge(charge)));
  expect(await standingOf(buyer)).toMatchObject({ ledger: ['expire -10000', 'grant 10000'] });
  closeDispute(world, dispute.id, true);
  refundCharge(world, charge, null);
  await Promise.all(events().map((event) => deliverAgain(event)));
  expect(await standingOf(buyer)).toMatchObject({ credits: 0 });
});

test('a refund after a won dispute takes what the dispute had returned', async () => {
  const { buyer, charge, events } = await bought();
  const { world } = standIn();
  const dispute = openDispute(world, charge);
  await deliver(events());
  closeDispute(world, dispute.id, true);
  await deliver(events());
  refundCharge(world, charge, null);
  await deliver(events());
  expect(await standingOf(buyer)).toMatchObject({
    credits: 0,
    ledger: ['expire -10000', 'expire -10000', 'grant 10000', 'grant 10000'],
  });
});

test('a partial chargeback takes its share', async () => {
  const { buyer, charge, events } = await bought();
  await deliver(events());
  const dispute = openDispute(standIn().world, charge);
  standIn().world.store.put('dispute', { ...dispute, amount: dispute.amount / 5 });
  await deliver(events());
  expect(await standingOf(buyer)).toMatchObject({ ledger: ['expire -2000', 'grant 10000'] });
});

test('a disputed card is not charged automatically again', async () => {
  const { buyer, charge, events, url } = await bought();
  await finishPurchase(buyer.scope, sessionIn(url));
  mustBeOk(await setAutoTopUp(buyer.scope, buyer.userId, { below: 100, pack: '2k', maxAMonth: 3 }));
  openDispute(standIn().world, charge);
  await deliver(events());
  expect((await findBillingAccount(buyer.scope))?.autoTopUp).toMatchObject({ enabled: false });
});

test('a full refund of a plan’s charge takes the period’s unspent credits and leaves the plan', async () => {
  const { buyer, charge, events } = await bought(STARTER);
  await deliver(events());
  await capture(buyer.scope, await mustHold(buyer.scope, 200), 200);
  refundCharge(standIn().world, charge, null);
  await deliver([...events()].reverse());
  for (const event of events()) await deliverAgain(event);
  expect(await standingOf(buyer)).toMatchObject({
    ledger: ['capture -200', 'expire -4800', 'grant 5000'],
    plan: 'starter',
    status: 'active',
  });
  const told = await outboxTextOf(buyer, 'Your payment of $15.00 was refunded');
  expect(told).toContain('Of its 5,000 credits, 4,800 were left and were taken back');
  expect(told).toContain('does not end the plan');
});

test('the renewal after a refund brings its month', async () => {
  const { buyer, charge, events } = await bought(STARTER);
  refundCharge(standIn().world, charge, null);
  await deliver(events());
  const end = (await findBillingAccount(buyer.scope))?.currentPeriodEnd?.getTime() ?? 0;
  advanceClock(standIn().world, end / 1_000 + 60);
  await deliver(events());
  expect(await standingOf(buyer)).toMatchObject({ ledger: ['expire -5000', 'grant 5000', 'grant 5000'], credits: 5_000 });
});

test('a refunded year brings no further month; one whose dispute was won does', async () => {
  const { buyer, charge, events } = await bought(YEARLY);
  await deliver(events());
  const dispute = openDispute(standIn().world, charge);
  await deliver(events());
  const later = new Date(standIn().world.now() * 1_000 + 40 * 86_400_000);
  await grantDuePlanMonths(later);
  expect(await standingOf(buyer)).toMatchObject({ ledger: ['expire -5000', 'grant 5000'] });
  closeDispute(standIn().world, dispute.id, true);
  await deliver(events());
  await grantDuePlanMonths(later);
  expect(await standingOf(buyer)).toMatchObject({ ledger: ['expire -5000', 'grant 5000', 'grant 5000', 'grant 5000'] });
});

test('a dispute about a payment that is not ours or does not exist does no harm', async () => {
  await settleCharge('ch_of_nobody');
  expect(await db().paymentReversal.count({ where: { chargeId: 'ch_of_nobody' } })).toBe(0);
});

async function outboxTextOf({ email }: Buyer, subject: string): Promise<string> {
  await sendNotices();
  const mails = (await outbox.mailsTo(email)).filter((mail) => mail.subject === subject);
  expect(mails).toHaveLength(1);
  return mails[0]?.text ?? '';
}
