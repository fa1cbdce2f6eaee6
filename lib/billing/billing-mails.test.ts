// Each mail about money is sent once per event, whatever told us of it and however often: purchases, plans and what happens to
// them.
import { z } from 'zod';
import { queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { afterEach, expect, test } from 'vitest';
import type { Offer } from './rules/offers';
import { db } from '@/lib/platform/db/client';
import { advanceClock } from '@/simulators/stripe/acts/advance-clock';
import { endSubscription } from '@/simulators/stripe/acts/end-subscription';
import { isLive } from '@/simulators/stripe/acts/renew-subscription';
import {
  type Buyer,
  deliver,
  deliverAgain,
  eventsOf,
  eventsSince,
  goToCheckout,
  makeBuyer,
  PACK,
  STARTER,
} from '@/tests/billing/buyer';
import { CARDS, payAt, sessionIn } from '@/tests/billing/pages';
import { useStandIn } from '@/tests/billing/use-stand-in';
import { mustBeOk } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { sendNotices } from '@/tests/mail/send-notices';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';
import { cancelPlan, changePlan, keepPlan } from './plans';
import { finishPurchase } from './purchases';
import { findBillingAccount } from './store/accounts';
import { syncBilling } from './customers';
import { runBillingUpkeep } from './upkeep';

useTestDatabase();
const outbox = useTestOutbox();
const standIn = useStandIn();
const PROFESSIONAL = { plan: 'professional', interval: 'month' } as const;

afterEach(() => {
  const { world } = standIn();
  for (const subscription of world.store.list('subscription').filter(isLive)) endSubscription(world, subscription.id);
});

let mark = 0;
const news = () => eventsSince(standIn(), mark);

/** Delivers all events from Stripe, then again and in reverse order. */
async function tellAll(): Promise<void> {
  await deliver(news());
  for (const event of [...news()].reverse()) await deliverAgain(event);
}

async function bought(offer: Offer, card: string = CARDS.good): Promise<Buyer> {
  mark = eventsOf(standIn()).length;
  const buyer = await makeBuyer();
  const url = await goToCheckout(buyer, offer);
  await payAt(url, card);
  await finishPurchase(buyer.scope, sessionIn(url));
  await tellAll();
  return buyer;
}

/** Oldest first. */
async function mailsTo({ email }: Buyer) {
  await sendNotices();
  return (await outbox.mailsTo(email)).reverse();
}
const subjectsTo = async (buyer: Buyer): Promise<string[]> => (await mailsTo(buyer)).map(({ subject }) => subject);
const now = () => new Date(standIn().world.now() * 1_000);

test('a pack: what, for how much, the invoice and the balance', async () => {
  const buyer = await bought(PACK);
  const [mail, ...more] = await mailsTo(buyer);
  expect(more).toEqual([]);
  expect(mail?.subject).toBe('You bought 10,000 credits');
  expect(mail?.text).toContain('10,000 credits for $35.00');
  expect(mail?.text).toContain('You can spend 10,000 credits now.');
  expect(mail?.text).toMatch(/Invoice and receipt: http\S+\/i\/in_/);
  expect(mail?.html).toContain('10,000 credits for $35.00');
});

test('a plan: started, upgraded, set to downgrade and back, canceled, kept, canceled and ended', async () => {
  const buyer = await bought(STARTER);
  const { scope, userId } = buyer;
  advanceClock(standIn().world, standIn().world.now() + 60);
  mustBeOk(await changePlan(scope, { userId, to: PROFESSIONAL, at: now() }, now()));
  await tellAll();
  mustBeOk(await changePlan(scope, { userId, to: { plan: 'starter', interval: 'month' }, at: now() }, now()));
  await tellAll();
  mustBeOk(await keepPlan(scope, userId));
  await tellAll();
  mustBeOk(await cancelPlan(scope, userId));
  await tellAll();
  mustBeOk(await keepPlan(scope, userId));
  mustBeOk(await cancelPlan(scope, userId));
  const end = (await findBillingAccount(scope))?.currentPeriodEnd?.getTime() ?? 0;
  advanceClock(standIn().world, end / 1_000 + 60);
  await tellAll();
  expect((await subjectsTo(buyer)).map((subject) => subject.replace(/ on [A-Z][a-z]+ \d.*$/, ' on …'))).toEqual([
    'Your Starter plan has started',
    'You are on the Professional plan now',
    'Your plan changes to Starter on …',
    'You stay on the Professional plan',
    'Your Professional plan ends on …',
    'You kept your Professional plan',
    'Your Professional plan ends on …',
    'Your Professional plan has ended',
  ]);
});

test('a downgrade that takes effect', async () => {
  const buyer = await bought({ kind: 'plan', ...PROFESSIONAL });
  const { scope, userId } = buyer;
  mustBeOk(await changePlan(scope, { userId, to: { plan: 'starter', interval: 'month' }, at: now() }, now()));
  const end = (await findBillingAccount(scope))?.currentPeriodEnd?.getTime() ?? 0;
  advanceClock(standIn().world, end / 1_000 + 60);
  await tellAll();
  expect((await subjectsTo(buyer)).at(-1)).toBe('You are on the Starter plan now');
});

test('a renewal sends no mail of ours; a failed one says what to do and until when', async () => {
  const buyer = await bought(STARTER);
  const end = (await findBillingAccount(buyer.scope))?.currentPeriodEnd?.getTime() ?? 0;
  advanceClock(standIn().world, end / 1_000 + 60);
  await tellAll();
  expect(await subjectsTo(buyer)).toHaveLength(1);
  const late = await bought(STARTER, CARDS.failsLater);
  advanceClock(standIn().world, ((await findBillingAccount(late.scope))?.currentPeriodEnd?.getTime() ?? 0) / 1_000 + 60);
  await tellAll();
  const mails = await mailsTo(late);
  expect(mails).toHaveLength(2);
  expect(mails[1]?.text).toMatch(/pay the open invoice or add another card by [A-Z][a-z]+ \d+, \d{4}/);
});

test('concurrent copies report once', async () => {
  const buyer = await bought(STARTER);
  const { scope, userId } = buyer;
  mustBeOk(await cancelPlan(scope, userId));
  await Promise.all(Array.from({ length: 5 }, () => syncBilling(scope)));
  expect((await subjectsTo(buyer)).filter((subject) => subject.includes('ends on'))).toHaveLength(1);
});

test('a mail whose job was lost is sent by the upkeep, and a sent mail is not sent again', async () => {
  const buyer = await bought(PACK);
  const where = { workspaceId: buyer.scope.workspaceId };
  await db().$executeRaw`DELETE FROM graphile_worker._private_jobs WHERE "key" LIKE 'notice:%'`;
  const later = new Date(Date.now() + 3_600_000);
  expect((await runBillingUpkeep(later)).mailsTriedAgain).toBeGreaterThan(0);
  const rows = await db().notice.findMany({ where, select: { id: true } });
  const jobs = await queryRows(
    z.unknown(),
    Prisma.sql`SELECT 1 FROM graphile_worker.jobs WHERE "key" = ${`notice:${rows[0]?.id}`}`,
  );
  expect(jobs).toHaveLength(1);
  await sendNotices();
  await db().notice.updateMany({ where, data: { sentAt: null, sentTo: [buyer.email] } });
  await sendNotices();
  expect(await outbox.mailsTo(buyer.email)).toHaveLength(1);
});
