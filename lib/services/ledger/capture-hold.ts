// Charges held credits: entry, hold, balance and grants in the caller's transaction. Promises that one source key charges
// once, that grants are spent soonest-to-expire first and that the entry links to its cause. Refuses, by throwing (a bug), to
// charge more than is held.
import { bookCapture, lockHold, spendGrants, type Capture } from '@/lib/data/credit-holds';
import type { Scope } from '@/lib/data/scope';
import type { Tx } from '@/lib/data/transaction';
import { requireAmount } from './require-amount';

/** True when the charge is new, false when its source key was charged before. */
export async function captureHold(scope: Scope, capture: Capture, tx: Tx): Promise<boolean> {
  requireAmount(capture.amount);
  // The next statement has to see what the hold was extended by: the database's guard looks at the balance as it sees it.
  await lockHold(scope, capture.holdId, tx);
  const booked = await bookCapture(scope, capture, tx);
  if (booked === 'repeated') return false;
  if (booked === 'refused') throw new Error(`the hold ${capture.holdId} is closed or too small`);
  await spendGrants(scope, capture, tx);
  return true;
}
