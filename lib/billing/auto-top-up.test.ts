// Automatic purchases of packs, with the real SDK against the stand-in.
import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { queryRows } from '@/lib/platform/db/rows';
import { inTransaction } from '@/lib/platform/db/transaction';
import { createBatch } from '@/lib/lists/create';
import { AUTO_TOP_UPS_A_DAY } from '@/lib/platform/limits';
import { refundCharge } from '@/simulators/stripe/acts/refund-charge';
import {
  type Buyer,
  deliver,
  deliverAgain,
  eventsOf,
  eventsSince,
  goToCheckout,
  makeBuyer,
  PACK,
  standingOf,
} from '@/tests/billing/buyer';
import { CARDS, changeCardAt, payAt, sessionIn } from '@/tests/billing/pages';
import { useStandIn } from '@/tests/billing/use-stand-in';
import { extend, grant, hold, mustBeOk, mustHold, PAST, upTo } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { sendNotices } from '@/tests/mail/send-notices';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';
import { finishPurchase } from './purchases';
import { findBillingAccount, insertTopUp } from './store/accounts';
import { openPortal } from './stripe/catalog';
import { checkAutoTopUp, finishTopUp, setAutoTopUp } from './top-ups';
import { runBillingUpkeep } from './upkeep';

useTestDatabase();
const outbox = useTestOutbox();
const standIn = useStandIn();

let mark = 0;
beforeEach(() => {
  mark = eventsOf(standIn()).length;
});
const news = () => eventsSince(standIn(), mark);

/** Has 10,000 credits and a card, and buys 2,000 whenever fewer than `below` are available. */
async function automatic({ below = 10_001, maxAMonth = 10 } = {}): Promise<Buyer> {
  const buyer = await makeBuyer();
  const url = await goToCheckout(buyer, PACK);
  await payAt(url);
  await finishPurchase(buyer.scope, sessionIn(url));
  mustBeOk(await setAutoTopUp(buyer.scope, buyer.userId, { below, pack: '2k', maxAMonth }));
  return buyer;
}

async function changeCard(buyer: Buyer, card: string): Promise<void> {
  const account = await findBillingAccount(buyer.scope);
  await changeCardAt(await openPortal(account?.customerId ?? '', 'http://localhost:3000/billing'), card);
}

const settingsOf = async ({ scope }: Buyer) => (await findBillingAccount(scope))?.autoTopUp;

test('without a card it can’t be switched on', async () => {
  const buyer = await makeBuyer();
  const refused = await setAutoTopUp(buyer.scope, buyer.userId, { below: 100, pack: '2k', maxAMonth: 1 });
  expect(refused).toMatchObject({ ok: false, error: { code: 'conflict' } });
});

test('enough credits buy nothing', async () => {
  const buyer = await automatic({ below: 10_000 });
  expect(await checkAutoTopUp(buyer.scope)).toBe('not_due');
});

test('below the mark one pack is bought, even if credits are only held', async () => {
  const buyer = await automatic({ below: 9_000 });
  await mustHold(buyer.scope, 1_001);
  expect(await checkAutoTopUp(buyer.scope)).toBe('bought');
  expect(await checkAutoTopUp(buyer.scope)).toBe('not_due');
  expect(await standingOf(buyer)).toMatchObject({ ledger: ['grant 10000', 'grant 2000'] });
});

describe('credits that expire', () => {
  const expiring = async () => {
    const buyer = await automatic({ below: 10_001 });
    await grant(buyer.scope, 5_000, { expiresAt: PAST });
    return buyer;
  };
  const waiting = async ({ scope }: Buyer) =>
    queryRows(
      z.object({ key: z.string() }),
      Prisma.sql`SELECT key FROM graphile_worker.jobs WHERE key = ${`auto-top-up:${scope.workspaceId}`}`,
    );
  const forget = ({ scope }: Buyer) =>
    inTransaction((tx) => tx.$executeRaw`SELECT graphile_worker.remove_job(${`auto-top-up:${scope.workspaceId}`})`);

  test('are not counted, even if they have not been swept', async () => {
    const buyer = await expiring();
    expect(await checkAutoTopUp(buyer.scope)).toBe('bought');
  });

  test('a hold that misses them has a pack bought', async () => {
    const buyer = await expiring();
    await forget(buyer);
    await mustHold(buyer.scope, 1);
    await forget(buyer);
    expect((await hold(buyer.scope, 12_000)).ok).toBe(false);
    expect(await waiting(buyer)).toHaveLength(1);
  });

  test('a list that can’t add to its hold has a pack bought', async () => {
    const buyer = await expiring();
    const list = mustBeOk(await upTo(buyer.scope, 10_000));
    await forget(buyer);
    expect(mustBeOk(await extend(buyer.scope, list.holdId, 100))).toMatchObject({ added: 0 });
    expect(await waiting(buyer)).toHaveLength(1);
  });

  test('a refused batch leaves nothing behind, and has a pack bought', async () => {
    const buyer = await expiring();
    await mustHold(buyer.scope, 9_999);
    await forget(buyer);
    const items = [{ email: 'ann@example.com' }, { email: 'bob@example.com' }];
    expect(await createBatch(buyer.scope, { items, test: false })).toMatchObject({ error: { code: 'insufficient_credits' } });
    expect(await waiting(buyer)).toHaveLength(1);
  });

  test('nothing is bought for a request that is too large while enough is left', async () => {
    const buyer = await automatic({ below: 9_000 });
    await forget(buyer);
    expect((await hold(buyer.scope, 12_000)).ok).toBe(false);
    expect(await waiting(buyer)).toEqual([]);
  });
});

test('concurrent jobs and all its events, twice, grant one pack', async () => {
  const buyer = await automatic();
  const checks = await Promise.all([checkAutoTopUp(buyer.scope), checkAutoTopUp(buyer.scope), checkAutoTopUp(buyer.scope)]);
  expect(checks).toContain('bought');
  await deliver(news());
  for (const event of news()) await deliverAgain(event);
  expect(await standingOf(buyer)).toMatchObject({ ledger: ['grant 10000', 'grant 2000'] });
  expect(paidTopUps(buyer)).toHaveLength(1);
});

test('the webhook alone settles a purchase whose job died after the payment', async () => {
  const buyer = await automatic();
  const order = await inTransaction((tx) => insertTopUp(buyer.scope, '2k', tx));
  const account = await findBillingAccount(buyer.scope);
  const { payTopUp } = await import('./stripe/invoices');
  await payTopUp({ ...order, customerId: account?.customerId ?? '' });
  await deliver(news());
  expect(await standingOf(buyer)).toMatchObject({ ledger: ['grant 10000', 'grant 2000'] });
  // The job that is run again finds the same invoice.
  expect(await finishTopUp(buyer.scope, order)).toBe('bought');
  expect(paidTopUps(buyer)).toHaveLength(1);
});

test('a purchase that a crash left behind is finished', async () => {
  const buyer = await automatic();
  await inTransaction((tx) => insertTopUp(buyer.scope, '2k', tx));
  const report = await runBillingUpkeep(new Date(Date.now() + 3_600_000));
  expect(report.topUpsTriedAgain).toBe(1);
  expect(await checkAutoTopUp(buyer.scope)).toBe('bought');
  expect(await standingOf(buyer)).toMatchObject({ ledger: ['grant 10000', 'grant 2000'] });
});

test.each([
  ['is declined', CARDS.failsLater, 'Your card was declined.'],
  ['asks the cardholder', CARDS.confirmAlways, 'Your bank wants you to confirm the payment.'],
])('a card that %s switches it off, says why, and owes nothing', async (_what, card, why) => {
  const buyer = await automatic();
  await changeCard(buyer, card);
  expect(await checkAutoTopUp(buyer.scope)).toBe('refused');
  expect(await settingsOf(buyer)).toMatchObject({ enabled: false, stopped: why });
  await deliver(news());
  expect(await standingOf(buyer)).toMatchObject({ ledger: ['grant 10000'] });
  await sendNotices();
  const subjects = (await outbox.mailsTo(buyer.email)).map(({ subject }) => subject);
  expect(subjects).toEqual(['Automatic top-ups are off: a payment failed', 'You bought 10,000 credits']);
  expect(
    standIn()
      .world.store.list('invoice')
      .filter(({ status }) => status === 'open'),
  ).toEqual([]);
  // Switched on again with a good card, it buys.
  await changeCard(buyer, CARDS.good);
  mustBeOk(await setAutoTopUp(buyer.scope, buyer.userId, { below: 10_001, pack: '2k', maxAMonth: 10 }));
  expect(await checkAutoTopUp(buyer.scope)).toBe('bought');
});

test('purchases stop at the limit per day, and at the workspace’s limit per month', async () => {
  const often = await automatic({ below: 1_000_000 });
  for (let time = 0; time < AUTO_TOP_UPS_A_DAY; time++) expect(await checkAutoTopUp(often.scope)).toBe('bought');
  expect(await checkAutoTopUp(often.scope)).toBe('limit_reached');
  const once = await automatic({ below: 1_000_000, maxAMonth: 1 });
  expect(await checkAutoTopUp(once.scope)).toBe('bought');
  const tomorrow = new Date(Date.now() + 25 * 3_600_000);
  const isSameMonth = tomorrow.getUTCMonth() === new Date().getUTCMonth();
  expect(await checkAutoTopUp(once.scope, tomorrow)).toBe(isSameMonth ? 'limit_reached' : 'bought');
});

test('it buys nothing while it is switched off', async () => {
  const buyer = await automatic();
  mustBeOk(await setAutoTopUp(buyer.scope, buyer.userId, null));
  expect(await checkAutoTopUp(buyer.scope)).toBe('not_due');
});

test('a full refund takes its credits, whatever became known first', async () => {
  const buyer = await automatic();
  expect(await checkAutoTopUp(buyer.scope)).toBe('bought');
  refundCharge(standIn().world, chargeOf(paidTopUps(buyer)[0] ?? ''), null);
  await deliver([...news()].reverse());
  expect(await standingOf(buyer)).toMatchObject({ ledger: ['expire -2000', 'grant 10000', 'grant 2000'] });
});

/** Ids of the paid invoices of automatic purchases. */
function paidTopUps({ scope }: Buyer): string[] {
  const all = standIn().world.store.list('invoice');
  return all
    .filter(
      ({ status, metadata }) => status === 'paid' && metadata?.workspace_id === scope.workspaceId && 'auto_top_up' in metadata,
    )
    .map(({ id }) => id);
}

function chargeOf(invoiceId: string): string {
  const { store } = standIn().world;
  const payment = store.list('invoicePayment').find(({ invoice }) => invoice === invoiceId)?.payment.payment_intent;
  const charge = typeof payment === 'string' ? store.get('paymentIntent', payment).latest_charge : null;
  if (typeof charge !== 'string') throw new Error('an invoice without a charge');
  return charge;
}
