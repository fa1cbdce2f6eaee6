// Holds what there is, up to a cap ("until empty"), in the caller's transaction. Promises never to exceed balance, budget or cap,
// and that one source key holds once. Refuses with 402 where not even the least can be held.
import { findHold, insertHold } from '@/lib/data/credit-holds';
import { lockBalance } from '@/lib/data/credits';
import type { Scope } from '@/lib/data/scope';
import type { Tx } from '@/lib/data/transaction';
import type { Cause } from '@/lib/domain/ledger';
import { ok, type Result } from '@/lib/errors';
import { noticeFall } from './notice-fall';
import { requireAmount } from './require-amount';
import { refuseHold, roomToHold } from './room-to-hold';

export interface HoldUpToInput {
  atMost: number;
  /** 1 unless given. */
  atLeast?: number;
  sourceKey: string;
  cause: Cause;
  apiKeyId?: string | null | undefined;
}

/** `amount`: what was held when it was made. */
export async function holdUpTo(scope: Scope, input: HoldUpToInput, tx: Tx): Promise<Result<{ holdId: string; amount: number }>> {
  const { atMost, atLeast = 1, sourceKey, cause, apiKeyId = null } = input;
  requireAmount(atMost);
  requireAmount(atLeast);
  await lockBalance(scope, tx);
  const earlier = await findHold(scope, sourceKey, tx);
  if (earlier) return ok({ holdId: earlier.id, amount: earlier.amount });
  const room = await roomToHold(scope, apiKeyId, tx);
  const amount = Math.min(atMost, room.credits, room.budget);
  if (amount < atLeast) return refuseHold(room, atLeast);
  const made = await insertHold(scope, { amount, sourceKey, cause, apiKeyId, staysOpen: true, isChecked: true }, tx);
  if (made === null) return refuseHold(room, atLeast);
  await noticeFall(scope, { standing: made.standing, amount }, tx);
  return ok({ holdId: made.holdId, amount });
}
