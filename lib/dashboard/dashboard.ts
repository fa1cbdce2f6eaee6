// The dashboard's contents: credits, the answers of the last days (single checks and lists alike, from the same sums as the usage page),
// open and recent lists, the latest single checks, and the remaining first steps.
import { getDeletionAt, listWorkspacesThatGo } from '@/lib/accounts/deletion';
import type { ClosingView, LossView } from '@/lib/accounts/rules/account';
import { isPlanId, type PlanId, planOf, PLANS } from '@/lib/accounts/rules/plans';
import { getWorkspace } from '@/lib/accounts/workspaces';
import { findNextCredits } from '@/lib/billing/months';
import { getPlan } from '@/lib/billing/overview';
import type { CreditSourceView } from '@/lib/billing/rules/billing';
import { getBalance } from '@/lib/credits/balance';
import { lastDays, type UsageReport } from '@/lib/credits/rules/usage';
import { getCreditSources, getUsage, getFreeAnswers } from '@/lib/credits/usage';
import { listLists, getStored } from '@/lib/lists/read';
import type { ListStatus } from '@/lib/lists/rules/list';
import type { AllowancesView } from '@/lib/lists/rules/storage';
import type { ListView } from '@/lib/lists/rules/view';
import { DASHBOARD_DAYS, DASHBOARD_LISTS, TEST_LISTS_A_WORKSPACE } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import type { VerificationSummary } from '@/lib/verdict/verification';
import { listVerifications } from './history';
import { needsFirstSteps, type FirstSteps } from './rules';
import { findStepsTaken, type StepsTaken, countBelongings } from './store/belongings';

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

// What a workspace has: how much of its plan's allowances besides credits is used (stored lists, their rows and bytes, lists of test keys,
// today's free answers), and what is lost with an account, for the page with the delete button.

export async function getAllowances(scope: Scope, now = new Date()): Promise<AllowancesView> {
  const [{ stored, testLists }, { plan, ...freeAnswers }] = await Promise.all([getStored(scope), getFreeAnswers(scope, now)]);
  return {
    plan: isPlanId(plan) ? plan : 'free',
    stored,
    keeps: planOf(plan).keeps,
    testLists: { used: testLists, allowed: TEST_LISTS_A_WORKSPACE },
    freeAnswers,
  };
}

export async function describeClosing(userId: string): Promise<ClosingView> {
  const workspaces = await listWorkspacesThatGo(userId);
  return { deletionAt: await getDeletionAt(userId), losses: await Promise.all(workspaces.map(describeLoss)) };
}

async function describeLoss({ workspaceId, name }: { workspaceId: string; name: string }): Promise<LossView> {
  const scope = { workspaceId };
  const [{ balance }, plan, { lists, keys }] = await Promise.all([getBalance(scope), getPlan(scope), countBelongings(scope)]);
  const isPaid = plan.state !== 'free' && plan.state !== 'elsewhere';
  return {
    workspaceId,
    name,
    credits: balance,
    plan: isPaid ? PLANS[plan.plan].name : null,
    paidUntil: isPaid && plan.state !== 'past_due' ? plan.periodEnd : null,
    lists,
    keys,
  };
}
