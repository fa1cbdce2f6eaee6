// What the plan allows besides credits, and how much of it is used: stored lists, their rows and bytes, lists of test keys, and
// today's free answers.
import { findFreeAnswers } from '@/lib/credits/store/usage';
import type { Scope } from '@/lib/platform/scope';
import { countTestLists, sumStored } from '@/lib/lists/store/upkeep';
import type { AllowancesView } from '@/lib/lists/rules/storage';
import { freeAnswersAllowed, nextUtcMidnight } from '@/lib/credits/rules/free';
import { TEST_LISTS_A_WORKSPACE } from '@/lib/platform/limits';
import { isPlanId, planOf } from '@/lib/accounts/rules/plans';

export async function getAllowances(scope: Scope, now = new Date()): Promise<AllowancesView> {
  const [stored, testLists, free] = await Promise.all([sumStored(scope), countTestLists(scope), findFreeAnswers(scope)]);
  return {
    plan: isPlanId(free.plan) ? free.plan : 'free',
    stored,
    keeps: planOf(free.plan).keeps,
    testLists: { used: testLists, allowed: TEST_LISTS_A_WORKSPACE },
    freeAnswers: { used: free.used, allowed: freeAnswersAllowed(free.plan), resetsAt: nextUtcMidnight(now).toISOString() },
  };
}
