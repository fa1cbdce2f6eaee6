// What the plan allows besides credits, and how much of it is used: stored lists, their rows and bytes, lists of test keys, and
// today's free answers.
import { isPlanId, planOf } from '@/lib/accounts/rules/plans';
import { getFreeAnswers } from '@/lib/credits/usage';
import { getStored } from '@/lib/lists/read';
import type { AllowancesView } from '@/lib/lists/rules/storage';
import { TEST_LISTS_A_WORKSPACE } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';

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
