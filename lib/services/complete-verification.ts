// Makes a verification final: verdict, charge or release, the day's usage and the announcement, in one transaction. Promises that a second
// run charges nothing and changes nothing, and that a crash in between leaves the check pending for the next run.
import type { Scope } from '@/lib/data/scope';
import { addUsage } from '@/lib/data/usage';
import { inTransaction, type Tx } from '@/lib/data/transaction';
import { finishWork, type Finished } from '@/lib/data/verification-work';
import type { EngineAnswer } from '@/lib/domain/answer';
import { creditsFor } from '@/lib/domain/credits';
import type { Evidence } from '@/lib/domain/evidence';
import type { Reason } from '@/lib/domain/verdict';
import { captureHold } from './ledger/capture-hold';
import { releaseHold } from './ledger/release-hold';
import { mergeEvidence } from './merge-evidence';
import { verificationSourceKey } from './verification-keys';
import { tellUpdated } from './webhooks/tell-updated';

export interface CompleteVerification {
  id: string;
  answer: EngineAnswer;
  /** Of attempts before this one. */
  earlierEvidence: readonly Evidence[];
  /** False where no hold was made: visitors and test keys pay nothing. */
  isCharged: boolean;
}

/** True when this run made it final. */
export function completeVerification(scope: Scope, input: CompleteVerification): Promise<boolean> {
  const { id, answer } = input;
  const credits = input.isCharged ? creditsFor(answer.verdict.reason) : 0;
  const evidence = mergeEvidence(input.earlierEvidence, answer.evidence);
  return inTransaction(async (tx) => {
    const completion = { id, answer, evidence, creditsCharged: credits, holdSourceKey: verificationSourceKey(id) };
    const finished = await finishWork(scope, completion, tx);
    if (!finished) return false;
    if (input.isCharged) await settle(scope, { id, credits, reason: answer.verdict.reason, ...finished }, tx);
    if (finished.toldPending) await tellUpdated(scope, id, tx);
    return true;
  });
}

interface Settlement extends Finished {
  id: string;
  credits: number;
  reason: Reason | null;
}

async function settle(scope: Scope, { id, credits, reason, holdId, source, apiKeyId }: Settlement, tx: Tx): Promise<void> {
  if (holdId === null) throw new Error(`the verification ${id} has no open hold`);
  // The hold is as large as the largest charge, so a charge uses it up and closes it.
  if (credits > 0) await captureHold(scope, { holdId, amount: credits, sourceKey: verificationSourceKey(id) }, tx);
  else await releaseHold(scope, holdId, tx);
  if (reason !== null) await addUsage(scope, [{ apiKeyId, source, reason, answers: 1, credits }], tx);
}
