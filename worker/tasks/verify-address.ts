// Verifies one address whose row exists: load, ask the engine, then final or postponed. Promises that running it twice
// charges once and changes nothing; that a test key never reaches a mail host; that the cap on a target domain holds.
import { countProbe } from '@/lib/data/domain-probes';
import { findDueWork, writeProgress, type VerificationWork } from '@/lib/data/verification-work';
import { parseAddress } from '@/lib/domain/address';
import { type EngineAnswer, isPostponable } from '@/lib/domain/answer';
import type { LayerReport } from '@/lib/domain/layer';
import { INTERACTIVE_BUDGET_MS } from '@/lib/domain/limits';
import { overCapAnswer } from '@/lib/domain/over-cap-answer';
import { testAnswer } from '@/lib/domain/test-answer';
import type { Log } from '@/lib/log';
import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import { completeVerification } from '@/lib/services/complete-verification';
import { giveUpVerification } from '@/lib/services/give-up-verification';
import { canPostpone, postponeVerification } from '@/lib/services/postpone-verification';
import type { Subject } from '../engine/findings';
import { createLayerProgress } from '../layer-progress';
import { describeError } from '@/lib/describe-error';
import type { TaskDefinition } from '../task';

export type Verify = (subject: Subject, onLayer: (layer: LayerReport) => void) => Promise<EngineAnswer>;

export interface VerifyAddressDeps {
  verify: Verify;
  now(): number;
  /** 0 ≤ n < 1 */
  random(): number;
  log: Log;
}

const PROGRESS_EVERY_MS = 50;

export function createVerifyAddress(deps: VerifyAddressDeps): TaskDefinition<TaskPayload<'verify-address'>> {
  return {
    name: 'verify-address',
    payload: TASK_PAYLOADS['verify-address'],
    run: async ({ verificationId }) => {
      const work = await findDueWork(verificationId);
      if (work) await settle(work, await findAnswer(work, deps), deps);
    },
    giveUp: async ({ verificationId }) => {
      await giveUpVerification(verificationId, deps.now());
    },
  };
}

async function settle(work: VerificationWork, answer: EngineAnswer, deps: VerifyAddressDeps): Promise<void> {
  const { id, attempt, evidence: earlierEvidence, isCharged } = work;
  const { askAgain } = answer;
  if (isPostponable(askAgain) && canPostpone(attempt)) {
    const when = { now: deps.now(), random: deps.random() };
    await postponeVerification(work.scope, { id, attempt, answer: { ...answer, askAgain }, earlierEvidence, ...when });
  } else {
    await completeVerification(work.scope, { id, answer, earlierEvidence, isCharged });
  }
}

async function findAnswer(work: VerificationWork, deps: VerifyAddressDeps): Promise<EngineAnswer> {
  if (work.test) return testAnswer(work.email, deps.now());
  const parsed = parseAddress(work.email);
  // An address without a domain asks nobody, so it counts for nobody.
  if (parsed.ok && !(await countProbe(parsed.address.domain))) return overCapAnswer(work.email, deps.now());
  const subject = { email: work.email, deadline: deps.now() + INTERACTIVE_BUDGET_MS, triplet: work.triplet };
  if (!work.isWatched) return deps.verify(subject, () => undefined);
  const progress = createLayerProgress({
    write: (layers) => writeProgress(work.scope, work.id, layers),
    everyMs: PROGRESS_EVERY_MS,
    onError: (error) => deps.log.warn({ verification: work.id, error: describeError(error) }, 'progress could not be written'),
  });
  try {
    return await deps.verify(subject, (layer) => progress.add(layer));
  } finally {
    await progress.stop();
  }
}
