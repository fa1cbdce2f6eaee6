// Holds what a run of a list may cost, in the caller's transaction: all of it, or what there is up to a cap. Refuses with 402, saying
// how many credits are missing. A run that can cost nothing holds nothing.
import type { ListRun } from '@/lib/data/list-run';
import type { Tx } from '@/lib/data/transaction';
import type { StartMode } from '@/lib/domain/list';
import { fail, ok, type Result } from '@/lib/errors';
import { holdCredits } from '../ledger/hold-credits';
import { holdUpTo } from '../ledger/hold-up-to';
import { listHoldKey } from './list-keys';

export interface HoldForList {
  /** The most that this run can cost. */
  need: number;
  mode: StartMode;
  creditCap: number | null;
}

/** Null: nothing can be charged, so nothing is held. */
export async function holdForList(list: ListRun, { need, mode, creditCap }: HoldForList, tx: Tx): Promise<Result<string | null>> {
  if (creditCap !== null && (!Number.isSafeInteger(creditCap) || creditCap < 1)) {
    return fail('invalid_request', { fields: { credit_cap: 'must be a whole number from 1' } });
  }
  if (creditCap !== null && mode === 'full') {
    return fail('invalid_request', { fields: { credit_cap: 'goes only with the mode until_empty' } });
  }
  if (list.test || need <= 0) return ok(null);
  const scope = { workspaceId: list.workspaceId };
  const hold = {
    sourceKey: listHoldKey(list.id, list.run + 1),
    cause: { type: 'list', id: list.id } as const,
    apiKeyId: list.apiKeyId,
  };
  const held =
    mode === 'full'
      ? await holdCredits(scope, { ...hold, amount: need }, tx)
      : await holdUpTo(scope, { ...hold, atMost: Math.min(need, creditCap ?? need) }, tx);
  return held.ok ? ok(held.value.holdId) : held;
}
