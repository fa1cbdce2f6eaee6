// Changes what an API key may spend in a calendar month. Holds from the next request on; what was spent this month counts. Refuses keys
// of others and revoked ones, and budgets that make no sense.
import { setKeyCap } from '@/lib/data/api-keys';
import type { Scope } from '@/lib/data/scope';
import { isKeyBudget, KEY_BUDGET_PROBLEM } from '@/lib/domain/key-budget';
import { fail, ok, type Result } from '@/lib/errors';

export async function setKeyBudget(scope: Scope, key: { id: string; monthlyBudget: number | null }): Promise<Result<null>> {
  const { id, monthlyBudget } = key;
  if (!isKeyBudget(monthlyBudget)) return fail('invalid_request', { fields: { monthlyBudget: KEY_BUDGET_PROBLEM } });
  return (await setKeyCap(scope, { id, cap: monthlyBudget })) ? ok(null) : fail('not_found');
}
