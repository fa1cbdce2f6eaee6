// Gives back what a hold still holds and closes it, in the caller's transaction. A second run changes nothing.
import { closeHold } from '@/lib/data/credits';
import type { Scope } from '@/lib/data/scope';
import type { Tx } from '@/lib/data/transaction';

/** True when it was open until now. */
export function releaseHold(scope: Scope, holdId: string, tx: Tx): Promise<boolean> {
  return closeHold(scope, holdId, tx);
}
