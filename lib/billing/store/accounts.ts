// What we know of a workspace at Stripe, and its automatic purchases. A copy of Stripe's state is written only if the stored
// version is still the one that the copy was started from, so an older copy never replaces a newer one. The workspace's plan
// changes in the same transaction. The database allows one pending purchase per workspace.
import { z } from 'zod';
import { queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { isPaidPlanId, PAID_PLANS, type PaidPlanId, type PlanId } from '@/lib/accounts/rules/plans';
import { type Interval, INTERVALS, isInterval, isPackId, type PackId } from '../rules/offers';
import { db, type Tx } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Scope } from '@/lib/platform/scope';

export interface BillingAccount {
  customerId: string | null;
  subscriptionId: string | null;
  /** Stripe's term. */
  status: string | null;
  plan: PaidPlanId | null;
  interval: Interval | null;
  currentPeriodEnd: Date | null;
  cancelAt: Date | null;
  next: { plan: PaidPlanId; interval: Interval } | null;
  pastDueSince: Date | null;
  graceUntil: Date | null;
  paymentMethodLabel: string | null;
  version: number;
  autoTopUp: AutoTopUpSettings;
}

export interface AutoTopUpSettings {
  enabled: boolean;
  below: number;
  pack: PackId | null;
  maxAMonth: number;
  /** Why we switched it off; null if we did not. */
  stopped: string | null;
}

export interface AutoTopUp {
  id: string;
  workspaceId: string;
  pack: PackId;
  state: 'pending' | 'paid' | 'failed';
}

/** The part that is copied from Stripe. */
export type BillingCopy = Omit<BillingAccount, 'customerId' | 'version' | 'autoTopUp'>;

/** What to restore if the deletion is undone: a change of plan that was pending when the subscription was set to end. */
export interface HeldForClosing {
  next: { plan: PaidPlanId; interval: Interval } | null;
}

const heldSchema = z.object({
  next: z.object({ plan: z.enum(PAID_PLANS), interval: z.enum(INTERVALS) }).nullable(),
});

const ACCOUNT_FIELDS = {
  stripeCustomerId: true,
  subscriptionId: true,
  status: true,
  plan: true,
  interval: true,
  currentPeriodEnd: true,
  cancelAt: true,
  nextPlan: true,
  nextInterval: true,
  pastDueSince: true,
  graceUntil: true,
  paymentMethodLabel: true,
  version: true,
  autoTopUpEnabled: true,
  autoTopUpBelow: true,
  autoTopUpPack: true,
  autoTopUpMaxMonth: true,
  autoTopUpStopped: true,
} as const;

const TOP_UP_FIELDS = { id: true, workspaceId: true, pack: true, state: true } as const;
const TOP_UP_STATES = ['pending', 'paid', 'failed'] as const;

export async function findBillingAccount({ workspaceId }: Scope, tx: Tx = db()): Promise<BillingAccount | null> {
  const row = await tx.billingAccount.findUnique({ where: { workspaceId }, select: ACCOUNT_FIELDS });
  if (row === null) return null;
  const { nextPlan, nextInterval } = row;
  return {
    customerId: row.stripeCustomerId,
    subscriptionId: row.subscriptionId,
    status: row.status,
    plan: row.plan !== null && isPaidPlanId(row.plan) ? row.plan : null,
    interval: row.interval !== null && isInterval(row.interval) ? row.interval : null,
    currentPeriodEnd: row.currentPeriodEnd,
    cancelAt: row.cancelAt,
    next:
      nextPlan !== null && nextInterval !== null && isPaidPlanId(nextPlan) && isInterval(nextInterval)
        ? { plan: nextPlan, interval: nextInterval }
        : null,
    pastDueSince: row.pastDueSince,
    graceUntil: row.graceUntil,
    paymentMethodLabel: row.paymentMethodLabel,
    version: row.version,
    autoTopUp: {
      enabled: row.autoTopUpEnabled,
      below: row.autoTopUpBelow,
      pack: row.autoTopUpPack !== null && isPackId(row.autoTopUpPack) ? row.autoTopUpPack : null,
      maxAMonth: row.autoTopUpMaxMonth,
      stopped: row.autoTopUpStopped,
    },
  };
}

/** The account of a workspace that has a customer at Stripe. */
export async function findCustomerAccount(
  scope: Scope,
  tx: Tx = db(),
): Promise<(BillingAccount & { customerId: string }) | null> {
  const account = await findBillingAccount(scope, tx);
  const customerId = account?.customerId ?? null;
  return account === null || customerId === null ? null : { ...account, customerId };
}

/** The workspace behind a customer; null for customers of somebody else on the same Stripe account. */
export async function findScopeOfCustomer(stripeCustomerId: string): Promise<Scope | null> {
  return db().billingAccount.findUnique({ where: { stripeCustomerId }, select: { workspaceId: true } });
}

export async function saveCustomer({ workspaceId }: Scope, stripeCustomerId: string): Promise<void> {
  await db().billingAccount.upsert({
    where: { workspaceId },
    create: { workspaceId, stripeCustomerId },
    update: { stripeCustomerId, updatedAt: new Date() },
    select: { workspaceId: true },
  });
}

/** False, with nothing written, if another copy was written since `version` was read. */
export async function saveBillingCopy(
  { workspaceId }: Scope,
  copy: BillingCopy & { version: number; workspacePlan: PlanId },
  tx: Tx,
): Promise<boolean> {
  const { next, version, workspacePlan, ...columns } = copy;
  const { count } = await tx.billingAccount.updateMany({
    where: { workspaceId, version },
    data: {
      ...columns,
      nextPlan: next?.plan ?? null,
      nextInterval: next?.interval ?? null,
      version: version + 1,
      updatedAt: new Date(),
    },
  });
  if (count === 0) return false;
  await tx.workspace.updateMany({ where: { id: workspaceId, plan: { not: workspacePlan } }, data: { plan: workspacePlan } });
  return true;
}

/** Workspaces whose time to pay is over, ordered by id, after `afterId`. */
export async function listOverdue(now: Date, page: { afterId: string; take: number }): Promise<Scope[]> {
  return db().billingAccount.findMany({
    where: { graceUntil: { lte: now }, workspaceId: { gt: page.afterId } },
    orderBy: { workspaceId: 'asc' },
    take: page.take,
    select: { workspaceId: true },
  });
}

export async function findHeldForClosing({ workspaceId }: Scope, tx: Tx = db()): Promise<HeldForClosing | null> {
  const row = await tx.billingAccount.findUnique({ where: { workspaceId }, select: { heldForClosing: true } });
  return row?.heldForClosing ? heldSchema.parse(row.heldForClosing) : null;
}

export async function setHeldForClosing({ workspaceId }: Scope, held: HeldForClosing | null): Promise<void> {
  const heldForClosing = held === null ? Prisma.DbNull : { next: held.next };
  await db().billingAccount.updateMany({ where: { workspaceId }, data: { heldForClosing } });
}

/** Locks the account until the transaction ends, so that others who change it wait. False if there is none. */
export async function lockBillingAccount({ workspaceId }: Scope, tx: Tx): Promise<boolean> {
  const rows = await queryRows(
    z.unknown(),
    Prisma.sql`SELECT 1 FROM "BillingAccount" WHERE "workspaceId" = ${workspaceId} FOR UPDATE`,
    tx,
  );
  return rows.length > 0;
}

export async function saveAutoTopUp({ workspaceId }: Scope, settings: AutoTopUpSettings, tx: Tx = db()): Promise<void> {
  await tx.billingAccount.updateMany({
    where: { workspaceId },
    data: {
      autoTopUpEnabled: settings.enabled,
      autoTopUpBelow: settings.below,
      autoTopUpPack: settings.pack,
      autoTopUpMaxMonth: settings.maxAMonth,
      autoTopUpStopped: settings.stopped,
      updatedAt: new Date(),
    },
  });
}

/** The Stripe customers of workspaces that are about to be deleted. */
export async function listCustomerIds(workspaceIds: readonly string[], tx: Tx): Promise<string[]> {
  const rows = await tx.billingAccount.findMany({
    where: { workspaceId: { in: [...workspaceIds] }, stripeCustomerId: { not: null } },
    select: { stripeCustomerId: true },
    take: workspaceIds.length,
  });
  return rows.map((row) => row.stripeCustomerId).filter((id) => id !== null);
}

export async function findPendingTopUp({ workspaceId }: Scope, tx: Tx = db()): Promise<AutoTopUp | null> {
  return toTopUp(await tx.autoTopUp.findFirst({ where: { workspaceId, state: 'pending' }, select: TOP_UP_FIELDS }));
}

export async function findTopUp({ workspaceId }: Scope, id: string): Promise<AutoTopUp | null> {
  return toTopUp(await db().autoTopUp.findFirst({ where: { id, workspaceId }, select: TOP_UP_FIELDS }));
}

/** The number of purchases begun since then that have not failed. */
export async function countTopUps({ workspaceId }: Scope, since: Date, tx: Tx): Promise<number> {
  return tx.autoTopUp.count({ where: { workspaceId, createdAt: { gte: since }, state: { not: 'failed' } } });
}

export async function insertTopUp({ workspaceId }: Scope, pack: PackId, tx: Tx): Promise<AutoTopUp> {
  const id = newId('autoTopUp');
  await tx.autoTopUp.create({ data: { id, workspaceId, pack }, select: { id: true } });
  return { id, workspaceId, pack, state: 'pending' };
}

/** False if it had already ended. */
export async function endTopUp(
  { workspaceId }: Scope,
  end: { id: string; state: 'paid' | 'failed'; invoiceId: string | null },
  tx: Tx,
): Promise<boolean> {
  const { count } = await tx.autoTopUp.updateMany({
    where: { id: end.id, workspaceId, state: 'pending' },
    data: { state: end.state, invoiceId: end.invoiceId, endedAt: new Date() },
  });
  return count > 0;
}

/** Purchases begun before then that have not ended: after a crash, or while Stripe was down. */
export async function listStuckTopUps(before: Date, take: number): Promise<AutoTopUp[]> {
  const rows = await db().autoTopUp.findMany({
    where: { state: 'pending', createdAt: { lt: before } },
    orderBy: { createdAt: 'asc' },
    take,
    select: TOP_UP_FIELDS,
  });
  return rows.map(toTopUp).filter((row) => row !== null);
}

function toTopUp(row: { id: string; workspaceId: string; pack: string; state: string } | null): AutoTopUp | null {
  const state = TOP_UP_STATES.find((word) => word === row?.state);
  return row && state && isPackId(row.pack) ? { ...row, pack: row.pack, state } : null;
}
