// Charges held credits: entry, hold, balance and grants in the caller's transaction. Promises that one source key charges
// once and that grants are spent soonest-to-expire first. Refuses, by throwing (a bug), to charge more than is held.
import { bookCapture, spendGrants, type Capture } from '@/lib/data/credits';
import type { Scope } from '@/lib/data/scope';
import type { Tx } from '@/lib/data/transaction';
import { requireAmount } from './require-amount';

/** True when the charge is new, false when its source key was charged before. */
export async function captureHold(scope: Scope, capture: Capture, tx: Tx): Promise<boolean> {
  requireAmount(capture.amount);
  const done = await bookCapture(scope, capture, tx);
  if (done === 'repeated') return false;
  if (done === 'refused') throw new Error(`the hold ${capture.holdId} is closed or too small`);
  await spendGrants(scope, capture, tx);
  return true;
}
