// Gives back what a hold still holds and closes it, in the caller's transaction. A second run changes nothing.
import { closeHold, lockHold } from '@/lib/data/credit-holds';
import type { Scope } from '@/lib/data/scope';
import type { Tx } from '@/lib/data/transaction';
import { noticeRise } from './notice-rise';

/** True when it was open until now. */
export async function releaseHold(scope: Scope, holdId: string, tx: Tx): Promise<boolean> {
  // As for a charge: the next statement has to see what the hold was extended by.
  await lockHold(scope, holdId, tx);
  const closed = await closeHold(scope, holdId, tx);
  // A list gives back much at once. Checks that turn out free only pass the mark to and fro, which is no news.
  if (closed?.staysOpen === true) await noticeRise(scope, tx);
  return closed !== null;
}
