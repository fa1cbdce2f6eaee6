// What the dashboard shows: credits, the verdicts of the last 30 days, day by day for the last 14, the latest checks.
import type { Scope } from '@/lib/data/scope';
import { countByDay, listVerificationRows, type DayCount } from '@/lib/data/verifications';
import { findWorkspace } from '@/lib/data/workspaces';
import { isPlanId, planOf, type PlanId } from '@/lib/domain/plans';
import type { FinalStatus } from '@/lib/domain/verdict';
import type { VerificationSummary } from '@/lib/domain/verification-view';
import { findNextCredits } from './billing/find-next-credits';
import { getBalance } from './ledger/get-balance';
import { toSummary } from './verification-view';

export interface Dashboard {
  credits: { available: number; held: number; plan: PlanId; grantAmount: number; renewsAt: string | null };
  counts30d: Record<FinalStatus, number>;
  /** The last 14 days, oldest first, UTC; days without checks are there with zeros. */
  byDay: { day: string; counts: Record<FinalStatus, number> }[];
  latest: VerificationSummary[];
}

const DAY_MS = 86_400_000;
const LATEST = 5;

export async function getDashboard(scope: Scope, now = new Date()): Promise<Dashboard> {
  const since = new Date(now.getTime() - 30 * DAY_MS);
  const [workspace, balance, days, latest, renewsAt] = await Promise.all([
    findWorkspace(scope),
    getBalance(scope),
    countByDay(scope, since),
    listVerificationRows(scope, { take: LATEST }),
    findNextCredits(scope, now),
  ]);
  const plan = workspace !== null && isPlanId(workspace.plan) ? workspace.plan : 'free';
  return {
    credits: {
      available: balance.available,
      held: balance.held,
      plan,
      grantAmount: planOf(plan).creditsAMonth,
      renewsAt: renewsAt.toISOString(),
    },
    counts30d: sum(days),
    byDay: lastDays(now, 14).map((day) => ({ day, counts: sum(days.filter((count) => count.day === day)) })),
    latest: latest.map(toSummary),
  };
}

function sum(counts: readonly DayCount[]): Record<FinalStatus, number> {
  const total: Record<FinalStatus, number> = { deliverable: 0, risky: 0, unknown: 0, undeliverable: 0 };
  for (const { status, count } of counts) total[status] += count;
  return total;
}

const lastDays = (now: Date, days: number): string[] =>
  Array.from({ length: days }, (_, index) => new Date(now.getTime() - (days - 1 - index) * DAY_MS).toISOString().slice(0, 10));
