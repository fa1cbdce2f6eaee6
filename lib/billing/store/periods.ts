// Paid periods of plans, each stored once in whatever order they become known; and reversed payments, one row per refund or
// dispute, with the credits that it takes back. A reversal is written with the workspace's billing account locked, and only if
// the version is still the one that the writer started from.
import { z } from 'zod';
import { queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { isPaidPlanId, type PaidPlanId } from '@/lib/accounts/rules/plans';
import { type Interval, isInterval } from '../rules/offers';
import { db, type Tx } from '@/lib/platform/db/client';
import type { Scope } from '@/lib/platform/scope';

export interface PlanPeriod {
  subscriptionId: string;
  plan: PaidPlanId;
  interval: Interval;
  startsAt: Date;
  endsAt: Date;
}

export interface RunningYear {
  workspaceId: string;
  period: PlanPeriod;
}

export type ReversalState = 'noted' | 'taken' | 'returned';

export interface ReversalRow {
  id: string;
  kind: 'refund' | 'dispute';
  chargeId: string;
  state: ReversalState;
  /** Stripe's terms. */
  status: string;
  reason: string | null;
  what: string;
  amountCents: number;
  currency: string;
  respondBy: Date | null;
  grantKeys: string[];
  wanted: number;
  taken: number;
  takenAt: Date | null;
  version: number;
}

export interface DisputeRow extends ReversalRow {
  workspaceId: string;
  workspaceName: string;
  createdAt: Date;
}

/** Far more periods than a workspace has around one moment. */
const MAX_AROUND = 20;
const PERIOD_FIELDS = { subscriptionId: true, plan: true, interval: true, startsAt: true, endsAt: true } as const;

const REVERSAL_FIELDS = {
  id: true,
  kind: true,
  chargeId: true,
  state: true,
  status: true,
  reason: true,
  what: true,
  amountCents: true,
  currency: true,
  respondBy: true,
  grantKeys: true,
  wanted: true,
  taken: true,
  takenAt: true,
  version: true,
} as const;
const REVERSAL_STATES = ['noted', 'taken', 'returned'] as const;
/** A charge has one refund and rarely more than one dispute. */
const REVERSALS_OF_A_CHARGE = 50;

export async function insertPlanPeriod(
  { workspaceId }: Scope,
  period: PlanPeriod & { invoiceId: string },
  tx: Tx,
): Promise<void> {
  await tx.planPeriod.createMany({ data: [{ workspaceId, ...period }], skipDuplicates: true });
}

/** When the payment for a period was reversed; its months are then not granted. Null if it was not. */
export async function findReversedAt(
  { workspaceId }: Scope,
  { subscriptionId, startsAt }: Pick<PlanPeriod, 'subscriptionId' | 'startsAt'>,
  tx: Tx = db(),
): Promise<Date | null> {
  const where = { workspaceId, subscriptionId, startsAt };
  return (await tx.planPeriod.findFirst({ where, select: { reversedAt: true } }))?.reversedAt ?? null;
}

export async function setReversedAt(
  { workspaceId }: Scope,
  { subscriptionId, startsAt, reversedAt }: Pick<PlanPeriod, 'subscriptionId' | 'startsAt'> & { reversedAt: Date | null },
  tx: Tx,
): Promise<void> {
  await tx.planPeriod.updateMany({ where: { workspaceId, subscriptionId, startsAt }, data: { reversedAt } });
}

/** Periods that overlap the given time, latest start first. */
export async function listPlanPeriods(
  { workspaceId }: Scope,
  { from, to }: { from: Date; to: Date },
  tx: Tx = db(),
): Promise<PlanPeriod[]> {
  const rows = await tx.planPeriod.findMany({
    where: { workspaceId, startsAt: { lt: to }, endsAt: { gt: from } },
    orderBy: { startsAt: 'desc' },
    take: MAX_AROUND,
    select: PERIOD_FIELDS,
  });
  return rows.flatMap(toPeriod);
}

/** Paid years that are running now and whose subscriptions still run, in a stable order after `after`. */
export async function listRunningYears(now: Date, page: { after: RunningYear | null; take: number }): Promise<RunningYear[]> {
  const after = page.after;
  const rows = await db().planPeriod.findMany({
    where: {
      interval: 'year',
      reversedAt: null,
      startsAt: { lte: now },
      endsAt: { gt: now },
      workspace: { billing: { status: { in: ['active', 'trialing'] } } },
      ...(after && {
        OR: [
          { subscriptionId: { gt: after.period.subscriptionId } },
          { subscriptionId: after.period.subscriptionId, startsAt: { gt: after.period.startsAt } },
        ],
      }),
    },
    orderBy: [{ subscriptionId: 'asc' }, { startsAt: 'asc' }],
    take: page.take,
    select: { ...PERIOD_FIELDS, workspaceId: true, workspace: { select: { billing: { select: { subscriptionId: true } } } } },
  });
  return rows.flatMap(({ workspaceId, workspace, ...row }) =>
    toPeriod(row)
      .filter((period) => workspace.billing?.subscriptionId === period.subscriptionId)
      .map((period) => ({ workspaceId, period })),
  );
}

/** Credits that were granted for a source key; null if none were. */
export async function findGrantAmount({ workspaceId }: Scope, sourceKey: string, tx: Tx): Promise<number | null> {
  const row = await tx.creditGrant.findFirst({ where: { workspaceId, sourceKey }, select: { amount: true } });
  return row?.amount ?? null;
}

export async function listReversalsOfCharge(chargeId: string, tx: Tx = db()): Promise<ReversalRow[]> {
  return (await tx.paymentReversal.findMany({ where: { chargeId }, take: REVERSALS_OF_A_CHARGE, select: REVERSAL_FIELDS })).map(
    toReversal,
  );
}

export async function saveReversal({ workspaceId }: Scope, row: ReversalRow, now: Date, tx: Tx): Promise<void> {
  const { id, ...columns } = row;
  await tx.paymentReversal.upsert({
    where: { id },
    create: { id, workspaceId, ...columns, createdAt: now, updatedAt: now },
    update: { ...columns, updatedAt: now },
    select: { id: true },
  });
}

/** The newest reversals of one workspace. */
export async function listReversals({ workspaceId }: Scope, since: Date, take: number): Promise<ReversalRow[]> {
  const where = { workspaceId, updatedAt: { gte: since } };
  const rows = await db().paymentReversal.findMany({
    where,
    orderBy: { createdAt: 'desc' },
    take,
    select: REVERSAL_FIELDS,
  });
  return rows.map(toReversal);
}

/** Reversals that may take more credits now: some of the payment's credits were held at the time, and are still there. */
export async function listShortReversals(take: number): Promise<{ workspaceId: string; chargeId: string; id: string }[]> {
  return queryRows(
    z.object({ workspaceId: z.string(), chargeId: z.string(), id: z.string() }),
    Prisma.sql`
    SELECT r."workspaceId", r."chargeId", r."id" FROM "PaymentReversal" r
    JOIN "CreditBalance" b ON b."workspaceId" = r."workspaceId" AND b."balance" > b."held"
    WHERE r."state" = 'taken' AND r."taken" < r."wanted" AND EXISTS (
      SELECT 1 FROM "CreditGrant" g WHERE g."sourceKey" = ANY(r."grantKeys") AND g."workspaceId" = r."workspaceId" AND g."remaining" > 0)
    ORDER BY r."id" LIMIT ${take}`,
  );
}

/** Disputes of all workspaces, newest first, for the operator's page. */
export async function listDisputeRows(take: number): Promise<DisputeRow[]> {
  const rows = await db().paymentReversal.findMany({
    where: { kind: 'dispute' },
    orderBy: { createdAt: 'desc' },
    take,
    select: { ...REVERSAL_FIELDS, workspaceId: true, createdAt: true, workspace: { select: { name: true } } },
  });
  return rows.map(({ workspace, workspaceId, createdAt, ...row }) => ({
    ...toReversal(row),
    workspaceId,
    workspaceName: workspace.name,
    createdAt,
  }));
}

interface StoredPeriod {
  subscriptionId: string;
  plan: string;
  interval: string;
  startsAt: Date;
  endsAt: Date;
}

const toPeriod = ({ plan, interval, ...row }: StoredPeriod): PlanPeriod[] =>
  isPaidPlanId(plan) && isInterval(interval) ? [{ ...row, plan, interval }] : [];

type StoredReversal = Omit<ReversalRow, 'kind' | 'state'> & { kind: string; state: string };

const toReversal = (row: StoredReversal): ReversalRow => ({
  ...row,
  kind: row.kind === 'refund' ? 'refund' : 'dispute',
  state: REVERSAL_STATES.find((state) => state === row.state) ?? 'noted',
});
