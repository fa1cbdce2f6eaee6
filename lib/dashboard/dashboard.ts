// What the dashboard shows: credits, what was answered in the last days (single checks and lists alike, from the same sums as the
// usage page), open and recent lists, the latest single checks, and the first steps still to be taken.
import { findStepsTaken, type StepsTaken } from './store/belongings';
import type { Scope } from '@/lib/platform/scope';
import { getWorkspace } from '@/lib/accounts/workspaces';
import type { CreditSourceView } from '@/lib/billing/rules/billing';
import { needsFirstSteps, type FirstSteps } from './rules';
import { DASHBOARD_DAYS, DASHBOARD_LISTS } from '@/lib/platform/limits';
import type { ListStatus } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';
import { isPlanId, type PlanId } from '@/lib/accounts/rules/plans';
import { lastDays, type UsageReport } from '@/lib/credits/rules/usage';
import type { VerificationSummary } from '@/lib/verdict/verification';
import { findNextCredits } from '@/lib/billing/months';
import { getBalance } from '@/lib/credits/balance';
import { listLists } from '@/lib/lists/read';
import { listVerifications } from './history';
import { getCreditSources, getUsage } from '@/lib/credits/usage';

export interface Dashboard {
  credits: {
    available: number;
    held: number;
    plan: PlanId;
    /** What the balance consists of, soonest to expire first. */
    sources: CreditSourceView[];
    next: { at: string; amount: number } | null;
  };
  /** One row per day, oldest first, UTC; days without answers have zeros. */
  usage: UsageReport;
  /** Single checks, newest first. */
  latest: VerificationSummary[];
  /** Null once they are done, or no longer needed. */
  firstSteps: FirstSteps | null;
}

const CHECKS_SHOWN = 5;
const SOURCES_SHOWN = 5;

/** Lists that are still in progress or waiting for somebody. */
const OPEN_STATES: readonly ListStatus[] = ['uploading', 'parsing', 'ready', 'queued', 'running', 'paused'];

export async function getDashboard(scope: Scope, now = new Date()): Promise<Dashboard> {
  const [workspace, balance, usage, latest, next, steps, sources] = await Promise.all([
    getWorkspace(scope),
    getBalance(scope),
    getUsage(scope, { ...lastDays(DASHBOARD_DAYS, now), by: 'day' }, now),
    listVerifications(scope, { limit: CHECKS_SHOWN }),
    findNextCredits(scope, now),
    findStepsTaken(scope),
    getCreditSources(scope, SOURCES_SHOWN),
  ]);
  if (!usage.ok) throw usage.error;
  const plan = workspace !== null && isPlanId(workspace.plan) ? workspace.plan : 'free';
  return {
    credits: {
      available: balance.available,
      held: balance.held,
      plan,
      sources,
      next: next && { at: next.at.toISOString(), amount: next.amount },
    },
    usage: usage.value,
    latest: latest.items,
    firstSteps: steps && stepsToTake(steps, now),
  };
}

/** Open lists first, however old, then the newest of the others. */
export async function listDashboardLists(scope: Scope): Promise<ListView[]> {
  const [open, newest] = await Promise.all([
    listLists(scope, { statuses: OPEN_STATES, limit: DASHBOARD_LISTS }),
    listLists(scope, { limit: DASHBOARD_LISTS }),
  ]);
  const known = new Set(open.items.map(({ id }) => id));
  return [...open.items, ...newest.items.filter(({ id }) => !known.has(id))];
}

function stepsToTake({ createdAt, ...steps }: StepsTaken, now: Date): FirstSteps | null {
  return needsFirstSteps(steps, { createdAt, now }) ? steps : null;
}
