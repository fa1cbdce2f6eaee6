// Gives back what was charged, in the caller's transaction. Promises that one source key is refunded once and that the entry links
// to what was charged. Refunded credits never expire (docs/adr/0015); the refunds of a month are one grant.
import { insertRefund, lockBalance } from '@/lib/data/credits';
import type { Scope } from '@/lib/data/scope';
import type { Tx } from '@/lib/data/transaction';
import { GRANT_PRIORITY, type Cause } from '@/lib/domain/ledger';
import { noticeRise } from './notice-rise';
import { requireAmount } from './require-amount';

export interface RefundInput {
  amount: number;
  sourceKey: string;
  cause: Cause;
  /** The key whose call was charged. */
  apiKeyId: string | null;
  now: Date;
}

/** True when the refund is new, false when its source key was refunded before. */
export async function refundCredits(scope: Scope, { now, ...refund }: RefundInput, tx: Tx): Promise<boolean> {
  requireAmount(refund.amount);
  await lockBalance(scope, tx);
  const month = now.toISOString().slice(0, 7);
  const isNew = await insertRefund(scope, { ...refund, priority: GRANT_PRIORITY.refund, month }, tx);
  if (isNew) await noticeRise(scope, tx);
  return isNew;
}
