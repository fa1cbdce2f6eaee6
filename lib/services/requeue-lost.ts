// The safety net under the queue: a pending check whose job is gone gets one again; one whose job failed for good is given
// up. Promises that no check stays pending for ever, whatever happened to its job.
import { listLostVerifications, removeJob } from '@/lib/data/maintenance';
import { inTransaction } from '@/lib/data/transaction';
import { enqueue } from '@/lib/queue/enqueue';
import { giveUpVerification } from './give-up-verification';
import { verificationJobKey } from './verification-keys';

const BATCH_SIZE = 500;

export async function requeueLost(now: number): Promise<{ requeued: number; givenUp: number }> {
  const lost = await listLostVerifications(BATCH_SIZE);
  for (const { id, attempt, hasFailed } of lost) {
    const jobKey = verificationJobKey(id, attempt);
    if (hasFailed) {
      await giveUpVerification(id, now);
      await removeJob(jobKey);
    } else {
      await inTransaction((tx) => enqueue('verify-address', { verificationId: id }, { jobKey, priority: 'retry' }, tx));
    }
  }
  const givenUp = lost.filter(({ hasFailed }) => hasFailed).length;
  return { requeued: lost.length - givenUp, givenUp };
}
