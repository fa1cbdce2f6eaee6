// Charges held credits: entry, hold, balance and grants in the caller's transaction. Promises that one source key charges
// once and that grants are spent soonest-to-expire first. Refuses, by throwing (a bug), to charge more than is held.
import { drawHold, insertCapture, spendGrants } from '@/lib/data/credits';
import type { Scope } from '@/lib/data/scope';
import type { Tx } from '@/lib/data/transaction';
import { requireAmount } from './require-amount';

export interface CaptureInput {
  holdId: string;
  amount: number;
  /** What is charged for, unique. */
  sourceKey: string;
}

/** True when the charge is new, false when its source key was charged before. */
export async function captureHold(scope: Scope, input: CaptureInput, tx: Tx): Promise<boolean> {
  requireAmount(input.amount);
  // The unique key comes first: a second run waits here for the first one, then changes nothing.
  if (!(await insertCapture(scope, input, tx))) return false;
  if (!(await drawHold(scope, input, tx))) throw new Error(`the hold ${input.holdId} is closed or too small`);
  await spendGrants(scope, input.amount, tx);
  return true;
}
