// Takes more credits for a list whose hold is used up, as far as there are some and its cap allows, in the caller's transaction with
// the list locked. A list that had nothing to pay for until now gets its hold here. One that was started in full has its quote for a
// cap: what its owner agreed to is never passed, whatever was forgotten meanwhile that the quote still counted as known.
import { changeList, findHoldAmounts, type ListRun } from '@/lib/data/list-run';
import type { Tx } from '@/lib/data/transaction';
import { extendHold } from '../ledger/extend-hold';
import { holdUpTo } from '../ledger/hold-up-to';
import { listHoldKey } from './list-keys';

export interface ListMoney {
  holdId: string | null;
  /** What chunks that begin now may reserve. */
  left: number;
  /** The cap is all held: more needs a higher one. */
  isAtCap: boolean;
}

/** How much of the list's hold is free. Where that is not `enough`, it takes more, until `upTo` is free or nothing is left to take. */
export async function extendListHold(
  list: ListRun,
  { enough, upTo }: { enough: number; upTo: number },
  tx: Tx,
): Promise<ListMoney> {
  const hold = list.holdId === null ? null : await findHoldAmounts(list.holdId, tx);
  const amount = hold?.amount ?? 0;
  const left = Math.max(0, amount - (hold?.captured ?? 0) - list.reserved);
  const cap = list.creditCap ?? (list.startMode === 'full' ? amount : Infinity);
  const toCap = Math.max(0, cap - amount);
  const wanted = Math.min(Math.max(enough, upTo) - left, toCap);
  if (left >= enough || wanted <= 0) return { holdId: list.holdId, left, isAtCap: toCap === 0 };
  const scope = { workspaceId: list.workspaceId };
  if (hold !== null && list.holdId !== null) {
    const extended = await extendHold(scope, { holdId: list.holdId, atMost: wanted }, tx);
    const added = extended.ok ? extended.value.added : 0;
    return { holdId: list.holdId, left: left + added, isAtCap: added === toCap };
  }
  const cause = { type: 'list', id: list.id } as const;
  const sourceKey = listHoldKey(list.id, list.run);
  const held = await holdUpTo(scope, { atMost: wanted, sourceKey, cause, apiKeyId: list.apiKeyId }, tx);
  if (!held.ok) return { holdId: null, left: 0, isAtCap: false };
  await changeList(scope, list.id, { holdId: held.value.holdId }, tx);
  return { holdId: held.value.holdId, left: held.value.amount, isAtCap: held.value.amount === toCap };
}
