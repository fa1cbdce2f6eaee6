// Gives credits to a workspace: grant, entry and balance in the caller's transaction. Promises that one source key gives
// once, however often it is called, and that lists which waited for credits go on. Refuses amounts that are not whole and positive.
import { insertGrant } from '@/lib/data/credits';
import type { Scope } from '@/lib/data/scope';
import type { Tx } from '@/lib/data/transaction';
import { grantDefaults, type Cause } from '@/lib/domain/ledger';
import { noticeRise } from './notice-rise';
import { requireAmount } from './require-amount';

export interface GrantInput {
  /** `monthly`, `plan`, `purchase`, `pack`, or a word of the caller's for a gift; decides priority and cause unless given. */
  kind: string;
  amount: number;
  sourceKey: string;
  /** Null: never expires. */
  expiresAt: Date | null;
  /** Of grants that end at the same moment the lower is spent first. */
  priority?: number | undefined;
  /** A cause without an id gets the grant's own. */
  cause?: Cause | undefined;
}

/** True when the grant is new, false when its source key was granted before. */
export async function grantCredits(scope: Scope, grant: GrantInput, tx: Tx): Promise<boolean> {
  requireAmount(grant.amount);
  const usual = grantDefaults(grant.kind);
  const { priority = usual.priority, cause = { type: usual.causeType, id: null } } = grant;
  const isNew = await insertGrant(scope, { ...grant, priority, cause }, tx);
  if (isNew) await noticeRise(scope, tx);
  return isNew;
}
