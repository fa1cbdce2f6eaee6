// Adds to the hold of a list that ran empty, as far as there are credits and budget, in the caller's transaction: call it in the
// one that lets the list go on, so that a second run has nothing to extend. Refuses holds that were released.
import { growHold, lockHold } from '@/lib/data/credit-holds';
import { lockBalance } from '@/lib/data/credits';
import type { Scope } from '@/lib/data/scope';
import type { Tx } from '@/lib/data/transaction';
import { fail, ok, type Result } from '@/lib/errors';
import { noticeFall } from './notice-fall';
import { requireAmount } from './require-amount';
import { roomToHold } from './room-to-hold';

export interface ExtendHold {
  holdId: string;
  /** The most that is added. */
  atMost: number;
}

/** `added` is 0 where there is nothing to add; `left` is what the hold holds after it. */
export async function extendHold(
  scope: Scope,
  { holdId, atMost }: ExtendHold,
  tx: Tx,
): Promise<Result<{ added: number; left: number }>> {
  requireAmount(atMost);
  // A charge locks its hold before the balance, and so does this.
  const hold = await lockHold(scope, holdId, tx);
  if (hold === null) return fail('not_found', { detail: 'There is no such hold.' });
  if (!hold.isOpen) return fail('conflict', { detail: 'What was held has been given back already.' });
  await lockBalance(scope, tx);
  const room = await roomToHold(scope, hold.apiKeyId, tx);
  const amount = Math.min(atMost, room.credits, room.budget);
  const standing = amount > 0 ? await growHold(scope, { holdId, amount }, tx) : null;
  if (standing !== null) await noticeFall(scope, { standing, amount }, tx);
  const added = standing === null ? 0 : amount;
  return ok({ added, left: hold.amount + added - hold.captured });
}
