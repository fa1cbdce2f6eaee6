// The end of a check that our own software could not finish: unknown, for an internal error, free, and the credit goes back.
// Promises that no check stays pending for ever and nothing is ever said of a mailbox that nobody was asked about.
import { findPending } from '@/lib/data/verification-work';
import { unaskedAnswer } from '@/lib/domain/unasked-answer';
import { completeVerification } from './complete-verification';

/** True when this run ended it. */
export async function giveUpVerification(id: string, now: number): Promise<boolean> {
  const pending = await findPending(id);
  if (!pending) return false;
  const answer = unaskedAnswer({
    email: pending.email,
    reason: 'internal_error',
    text: 'Our own software failed while checking this address; nothing is known of it.',
    rule: 'own-failure',
    now,
    layers: pending.layers,
  });
  return completeVerification(pending.scope, { id, answer, earlierEvidence: pending.evidence, isCharged: pending.isCharged });
}
