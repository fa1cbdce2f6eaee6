// What a workspace has: how much of what its plan allows besides credits is used (stored lists, their rows and bytes, lists of
// test keys, today's free answers), and what is lost with an account, for the page with the button that deletes it.
import { isPlanId, planOf, PLANS } from '@/lib/accounts/rules/plans';
import { getFreeAnswers } from '@/lib/credits/usage';
import { getStored } from '@/lib/lists/read';
import type { AllowancesView } from '@/lib/lists/rules/storage';
import { TEST_LISTS_A_WORKSPACE } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { getDeletionAt, listWorkspacesThatGo } from '@/lib/accounts/deletion';
import type { ClosingView, LossView } from '@/lib/accounts/rules/account';
import { getPlan } from '@/lib/billing/overview';
import { getBalance } from '@/lib/credits/balance';
import { countBelongings } from './store/belongings';

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
