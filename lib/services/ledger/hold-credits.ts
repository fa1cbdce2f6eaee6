// Sets credits aside before work starts, in the caller's transaction. Promises that concurrent holds never exceed the
// balance, and that one source key holds once. Refuses with 402 when there is not enough that has not expired.
import { findHold, insertHold, lockBalance } from '@/lib/data/credits';
import type { Scope } from '@/lib/data/scope';
import type { Tx } from '@/lib/data/transaction';
import { fail, ok, type Result } from '@/lib/errors';
import { expireGrantsOf } from './expire-grants-of';
import { requireAmount } from './require-amount';

export interface HoldInput {
  amount: number;
  /** What the credits are held for, unique: the same cause never holds twice. */
  sourceKey: string;
}

export async function holdCredits(scope: Scope, input: HoldInput, tx: Tx): Promise<Result<{ holdId: string }>> {
  requireAmount(input.amount);
  const first = await insertHold(scope, { ...input, isSwept: false }, tx);
  if (first !== null) return ok({ holdId: first });
  // Refused: perhaps on a view of the holds from before another change was done, perhaps for expired grants that wait for
  // their sweep. With the lock the next view is exact.
  await lockBalance(scope, tx);
  const earlier = await findHold(scope, input.sourceKey, tx);
  if (earlier) return ok({ holdId: earlier.id });
  await expireGrantsOf(scope, tx);
  const second = await insertHold(scope, { ...input, isSwept: true }, tx);
  return second === null ? fail('insufficient_credits') : ok({ holdId: second });
}
