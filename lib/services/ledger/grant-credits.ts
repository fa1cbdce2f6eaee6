// Gives credits to a workspace: grant, entry and balance in the caller's transaction. Promises that one source key gives
// once, however often it is called. Refuses amounts that are not whole and positive.
import { insertGrant, type GrantInput } from '@/lib/data/credits';
import type { Scope } from '@/lib/data/scope';
import type { Tx } from '@/lib/data/transaction';
import { requireAmount } from './require-amount';

/** True when the grant is new, false when its source key was granted before. */
export function grantCredits(scope: Scope, grant: GrantInput, tx: Tx): Promise<boolean> {
  requireAmount(grant.amount);
  return insertGrant(scope, grant, tx);
}
