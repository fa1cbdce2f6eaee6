// Periods of plans that were paid for, each once, whatever the order in which they become known.
import { isInterval, isPaidPlanId, type Interval, type PaidPlanId } from '@/lib/domain/plans';
import { db, type Tx } from './_client';
import type { Scope } from './scope';

export interface PlanPeriod {
  subscriptionId: string;
  plan: PaidPlanId;
  interval: Interval;
  startsAt: Date;
  endsAt: Date;
}

/** Far more than one workspace has around one moment. */
const MAX_AROUND = 20;
const SELECT = { subscriptionId: true, plan: true, interval: true, startsAt: true, endsAt: true } as const;

export async function insertPlanPeriod(
  { workspaceId }: Scope,
  period: PlanPeriod & { invoiceId: string },
  tx: Tx,
): Promise<void> {
  await tx.planPeriod.createMany({ data: [{ workspaceId, ...period }], skipDuplicates: true });
}

/** Periods that touch the given time, latest start first. */
export async function listPlanPeriods(
  { workspaceId }: Scope,
  { from, to }: { from: Date; to: Date },
  tx: Tx = db(),
): Promise<PlanPeriod[]> {
  const rows = await tx.planPeriod.findMany({
    where: { workspaceId, startsAt: { lt: to }, endsAt: { gt: from } },
    orderBy: { startsAt: 'desc' },
    take: MAX_AROUND,
    select: SELECT,
  });
  return rows.flatMap(toPeriod);
}

interface Row {
  subscriptionId: string;
  plan: string;
  interval: string;
  startsAt: Date;
  endsAt: Date;
}

const toPeriod = ({ plan, interval, ...row }: Row): PlanPeriod[] =>
  isPaidPlanId(plan) && isInterval(interval) ? [{ ...row, plan, interval }] : [];

export interface RunningYear {
  workspaceId: string;
  period: PlanPeriod;
}

/** Paid years that run now, of subscriptions that still do, in a stable order after `after`. */
export async function listRunningYears(now: Date, page: { after: RunningYear | null; take: number }): Promise<RunningYear[]> {
  const after = page.after;
  const rows = await db().planPeriod.findMany({
    where: {
      interval: 'year',
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
    select: { ...SELECT, workspaceId: true, workspace: { select: { billing: { select: { subscriptionId: true } } } } },
  });
  return rows.flatMap(({ workspaceId, workspace, ...row }) =>
    toPeriod(row)
      .filter((period) => workspace.billing?.subscriptionId === period.subscriptionId)
      .map((period) => ({ workspaceId, period })),
  );
}

/** Credits that were granted for a cause; null where none were. */
export async function findGrantAmount({ workspaceId }: Scope, sourceKey: string, tx: Tx): Promise<number | null> {
  const row = await tx.creditGrant.findFirst({ where: { workspaceId, sourceKey }, select: { amount: true } });
  return row?.amount ?? null;
}
