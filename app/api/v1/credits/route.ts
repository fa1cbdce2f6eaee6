// What can be spent now, what running work holds, the plan, and how much of its limits is used.
import { answer, type ApiAnswer, type ApiCall, apiCalls, apiRoute } from '@/lib/accounts/web/api-route';
import { type CreditsAnswer, getCredits } from '@/lib/credits/api';
import { getBalance } from '@/lib/credits/balance';
import { getAllowances } from '@/lib/dashboard/dashboard';

async function readCredits({ holder }: ApiCall): Promise<ApiAnswer> {
  const [{ available, held }, allowances] = await Promise.all([getBalance(holder.scope), getAllowances(holder.scope)]);
  const { plan, stored, keeps, testLists, freeAnswers } = allowances;
  const limits = {
    lists: { used: stored.lists, allowed: keeps.lists },
    rows: { used: stored.rows, allowed: keeps.rows },
    bytes: { used: stored.bytes, allowed: keeps.bytes },
    test_lists: testLists,
    free_answers: { used: freeAnswers.used, allowed: freeAnswers.allowed, resets_at: freeAnswers.resetsAt },
  };
  return answer(200, { available, held, plan, limits } satisfies CreditsAnswer);
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(apiRoute(getCredits, readCredits));
