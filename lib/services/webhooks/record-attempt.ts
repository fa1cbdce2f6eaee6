// Writes down what an attempt met and what follows, in one transaction: the next attempt's job, and the end of an endpoint that is
// gone or has failed for days, with the job that tells its owners. Promises that a job which runs twice is written once.
import { inTransaction, type Tx } from '@/lib/data/transaction';
import { writeAttempt, type DueDelivery } from '@/lib/data/webhook-deliveries';
import { clearFailures, countFailure, disableEndpoint, lockEndpoint } from '@/lib/data/webhook-endpoints';
import { isDelivered, nextStep, reasonToDisable, type AttemptOutcome } from '@/lib/domain/webhook-delivery';
import { enqueue } from '@/lib/queue/enqueue';
import { enqueueDelivery } from './enqueue-delivery';

/** `random`: 0 ≤ n < 1. False when it was written before, or the endpoint was deleted meanwhile. */
export function recordAttempt(delivery: DueDelivery, outcome: AttemptOutcome, random: number): Promise<boolean> {
  const { id, scope, attempts, step, endpoint } = delivery;
  return inTransaction(async (tx) => {
    if (!(await lockEndpoint(scope, endpoint.id, tx))) return false;
    const next = nextStep(outcome, step, random);
    const written = await writeAttempt(scope, { id, attempts, outcome, next }, tx);
    if (!written) return false;
    const { nextAttemptAt } = written;
    if (nextAttemptAt) await enqueueDelivery({ deliveryId: id, attempt: attempts + 1, runAt: nextAttemptAt }, tx);
    if (isDelivered(outcome)) await clearFailures(scope, endpoint.id, tx);
    else await judgeEndpoint(delivery, outcome, tx);
    return true;
  });
}

async function judgeEndpoint({ scope, endpoint: { id } }: DueDelivery, outcome: AttemptOutcome, tx: Tx): Promise<void> {
  const reason = reasonToDisable(outcome, await countFailure(scope, id, tx));
  if (reason === null || !(await disableEndpoint(scope, { id, reason }, tx))) return;
  await enqueue('mail-webhook-disabled', { ...scope, endpointId: id }, { jobKey: `webhook-disabled:${id}` }, tx);
}
