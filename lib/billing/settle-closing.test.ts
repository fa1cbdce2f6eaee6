// What stops while a workspace waits to be deleted, and resumes if that is undone: its lists, and a subscription that would renew
// before the closing. With the real SDK against the stand-in.
import { afterEach, expect, test } from 'vitest';
import { db } from '@/lib/platform/db/client';
import type { Scope } from '@/lib/platform/scope';
import { endSubscription } from '@/simulators/stripe/acts/end-subscription';
import { isLive } from '@/simulators/stripe/acts/renew-subscription';
import { type Buyer, deliver, eventsOf, eventsSince, goToCheckout, makeBuyer, PACK, STARTER } from '@/tests/billing/buyer';
import { payAt } from '@/tests/billing/pages';
import { useStandIn } from '@/tests/billing/use-stand-in';
import { mustBeOk } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';
import { settleClosingTask } from '@/worker/tasks/accounts';
import { cancelPlan, changePlan } from './plans';
import { startCheckout } from './purchases';
import { findBillingAccount } from './store/accounts';

useTestDatabase();
useTestOutbox();
const standIn = useStandIn();
const DAY_MS = 86_400_000;

afterEach(() => {
  const { world } = standIn();
  for (const subscription of world.store.list('subscription').filter(isLive)) endSubscription(world, subscription.id);
});

async function subscribed(plan: 'starter' | 'professional' = 'starter'): Promise<Buyer> {
  const mark = eventsOf(standIn()).length;
  const buyer = await makeBuyer();
  await payAt(await goToCheckout(buyer, { ...STARTER, kind: 'plan', plan, interval: 'month' }));
  await deliver(eventsSince(standIn(), mark));
  return buyer;
}

async function close({ scope }: Buyer, inDays: number | null): Promise<void> {
  const closesAt = inDays === null ? null : new Date(Date.now() + inDays * DAY_MS);
  await db().workspace.update({ where: { id: scope.workspaceId }, data: { closesAt } });
  await settleClosingTask.run(scope);
}

const cancelAtOf = async ({ scope }: Buyer) => (await findBillingAccount(scope))?.cancelAt ?? null;

test('a subscription that would renew before the closing does not, and is restored', async () => {
  const buyer = await subscribed();
  await close(buyer, 60);
  expect(await cancelAtOf(buyer)).not.toBeNull();
  await settleClosingTask.run(buyer.scope);
  await close(buyer, null);
  expect(await cancelAtOf(buyer)).toBeNull();
});

test('a subscription that is paid beyond the closing is left alone', async () => {
  const buyer = await subscribed();
  await close(buyer, 7);
  expect(await cancelAtOf(buyer)).toBeNull();
});

test('a subscription that was already canceled stays canceled', async () => {
  const buyer = await subscribed();
  mustBeOk(await cancelPlan(buyer.scope, buyer.userId));
  await close(buyer, 60);
  await close(buyer, null);
  expect(await cancelAtOf(buyer)).not.toBeNull();
});

test('a scheduled change is restored too', async () => {
  const buyer = await subscribed('professional');
  const to = { plan: 'starter', interval: 'month' } as const;
  mustBeOk(await changePlan(buyer.scope, { userId: buyer.userId, to, at: new Date() }));
  await close(buyer, 60);
  expect((await findBillingAccount(buyer.scope))?.next).toBeNull();
  await close(buyer, null);
  expect(await findBillingAccount(buyer.scope)).toMatchObject({ next: to, cancelAt: null });
});

test('nothing can be bought in the meantime', async () => {
  const buyer = await subscribed();
  await close(buyer, 7);
  const refused = await startCheckout(buyer.scope, { userId: buyer.userId, offer: PACK });
  expect(refused).toMatchObject({ ok: false, error: { code: 'conflict' } });
});

test('running lists are paused and resume; a list that its owner paused stays paused', async () => {
  const buyer = await makeBuyer();
  const [running, paused] = [await makeList(buyer.scope, 'running', null), await makeList(buyer.scope, 'paused', 'by_customer')];
  const statusOf = async (id: string) => {
    const { status, pauseReason } = await db().list.findUniqueOrThrow({
      where: { id },
      select: { status: true, pauseReason: true },
    });
    return [status, pauseReason];
  };
  await close(buyer, 7);
  expect(await statusOf(running)).toEqual(['paused', 'closing']);
  await close(buyer, null);
  expect(await statusOf(running)).toEqual(['queued', null]);
  expect(await statusOf(paused)).toEqual(['paused', 'by_customer']);
});

let lists = 0;
async function makeList({ workspaceId }: Scope, status: string, pauseReason: string | null): Promise<string> {
  const id = `lst_of_closing_${++lists}`;
  await db().list.create({
    data: {
      id,
      workspaceId,
      source: 'upload',
      name: 'a list',
      status,
      pauseReason,
      startedAt: new Date(),
      file: { create: {} },
      run: { create: { unique: 10, run: 1, isPlanned: true, startMode: 'until_empty' } },
    },
  });
  return id;
}
