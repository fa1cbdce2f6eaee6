// Sets credits aside before work starts, the full amount or nothing, in the caller's transaction. Promises that concurrent holds
// never exceed the balance or their key's budget, and that one source key holds once. Refuses with 402, saying how many are
// missing, when there are not enough that have not expired.
import { findHold, insertHold } from '@/lib/data/credit-holds';
import { lockBalance } from '@/lib/data/credits';
import type { Scope } from '@/lib/data/scope';
import type { Standing } from '@/lib/data/standing';
import type { Tx } from '@/lib/data/transaction';
import type { Cause } from '@/lib/domain/ledger';
import { ok, type Result } from '@/lib/errors';
import { noticeFall } from './notice-fall';
import { requireAmount } from './require-amount';
import { refuseHold, roomToHold } from './room-to-hold';

export interface HoldInput {
  amount: number;
  /** What the credits are held for, unique: the same cause never holds twice. */
  sourceKey: string;
  /** What every charge of this hold links to. A list's hold stays open until it is released. */
  cause: Cause;
  /** The key that asked; its budget holds. */
  apiKeyId?: string | null | undefined;
}

export async function holdCredits(scope: Scope, input: HoldInput, tx: Tx): Promise<Result<{ holdId: string }>> {
  const { amount, sourceKey, cause, apiKeyId = null } = input;
  requireAmount(amount);
  const hold = { amount, sourceKey, cause, apiKeyId, staysOpen: cause.type === 'list' };
  const first = await insertHold(scope, { ...hold, isChecked: false }, tx);
  if (first !== null) return noticeHold(scope, { ...first, amount }, tx);
  // Refused: perhaps on a view of the holds from before another change was done, perhaps for expired grants that wait for
  // their sweep, perhaps for a budget that has to be added up. With the lock the next view is exact.
  await lockBalance(scope, tx);
  const earlier = await findHold(scope, sourceKey, tx);
  if (earlier) return ok({ holdId: earlier.id });
  const room = await roomToHold(scope, apiKeyId, tx);
  const second = amount > Math.min(room.credits, room.budget) ? null : await insertHold(scope, { ...hold, isChecked: true }, tx);
  return second === null ? refuseHold(room, amount) : noticeHold(scope, { ...second, amount }, tx);
}

async function noticeHold(
  scope: Scope,
  { holdId, amount, standing }: { holdId: string; amount: number; standing: Standing },
  tx: Tx,
): Promise<Result<{ holdId: string }>> {
  await noticeFall(scope, { standing, amount }, tx);
  return ok({ holdId });
}
