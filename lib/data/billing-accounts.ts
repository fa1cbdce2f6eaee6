// What we know of a workspace at Stripe. A copy of Stripe's state is written only over the version that it was begun from, so that
// an older copy never wins over a newer one, and the workspace's plan changes in the same transaction.
import { isInterval, isPackId, isPaidPlanId, type Interval, type PackId, type PaidPlanId, type PlanId } from '@/lib/domain/plans';
import { db, type Tx } from './_client';
import type { Scope } from './scope';

export interface BillingAccount {
  customerId: string | null;
  subscriptionId: string | null;
  /** Stripe's word. */
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
  /** Why we switched it off; null where we did not. */
  stopped: string | null;
}

/** The part that is copied from Stripe. */
export type BillingCopy = Omit<BillingAccount, 'customerId' | 'version' | 'autoTopUp'>;

const SELECT = {
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

export async function findBillingAccount({ workspaceId }: Scope, tx: Tx = db()): Promise<BillingAccount | null> {
  const row = await tx.billingAccount.findUnique({ where: { workspaceId }, select: SELECT });
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

/** The account of a workspace that is known at Stripe. */
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

/** False when another copy was written since `version` was read: then nothing is written. */
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

/** Workspaces whose time to pay is over, by id after `afterId`. */
export async function listOverdue(now: Date, page: { afterId: string; take: number }): Promise<Scope[]> {
  return db().billingAccount.findMany({
    where: { graceUntil: { lte: now }, workspaceId: { gt: page.afterId } },
    orderBy: { workspaceId: 'asc' },
    take: page.take,
    select: { workspaceId: true },
  });
}

/** Others who change this account wait until the transaction ends; false when there is none. */
export async function lockBillingAccount({ workspaceId }: Scope, tx: Tx): Promise<boolean> {
  const rows = await tx.$queryRaw<object[]>`SELECT 1 FROM "BillingAccount" WHERE "workspaceId" = ${workspaceId} FOR UPDATE`;
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

/** Customers at Stripe of workspaces that are about to go. */
export async function listCustomerIds(workspaceIds: string[], tx: Tx): Promise<string[]> {
  const rows = await tx.billingAccount.findMany({
    where: { workspaceId: { in: workspaceIds }, stripeCustomerId: { not: null } },
    select: { stripeCustomerId: true },
    take: workspaceIds.length,
  });
  return rows.map((row) => row.stripeCustomerId).filter((id) => id !== null);
}
