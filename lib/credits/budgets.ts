// Tells that the budget of an API key stopped something, by a job in the transaction of the refusal: webhooks come after credits.
// Promises once a key, month and budget, however many calls are refused; a call that is refused after that costs nothing here.
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import type { AppError } from '@/lib/platform/errors';
import { enqueue } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { lockBalance } from './store/ledger';
import { findKeyBudget, type KeyBudget, markBudgetTold } from './store/usage';

export interface BudgetOfKey extends KeyBudget {
  apiKeyId: string;
}

/** Call it with the balance row locked. */
export async function tellBudgetExceeded(scope: Scope, ofKey: BudgetOfKey, tx: Tx): Promise<void> {
  if (ofKey.isTold) return;
  const { apiKeyId, keyName, cap, spent, held } = ofKey;
  const { month, at } = await markBudgetTold(scope, ofKey, tx);
  const { workspaceId } = scope;
  const payload = { workspaceId, apiKeyId, keyName, month, budget: cap, spent, held, at: at.toISOString() };
  await enqueue(
    'emit-budget-exceeded',
    payload,
    { jobKey: `emit-budget-exceeded:${apiKeyId}:${payload.at}`, priority: 'retry' },
    tx,
  );
}

/** For a refusal that rolled its transaction back, and with it what was told. */
export async function tellRolledBack(scope: Scope, { code }: AppError, apiKeyId: string | null): Promise<void> {
  if (code !== 'budget_exceeded' || apiKeyId === null) return;
  await inTransaction(async (tx) => {
    await lockBalance(scope, tx);
    const budget = await findKeyBudget(scope, apiKeyId, tx);
    if (budget !== null) await tellBudgetExceeded(scope, { ...budget, apiKeyId }, tx);
  });
}
