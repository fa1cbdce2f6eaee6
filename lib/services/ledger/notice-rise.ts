// Credits came in, or a list gave back what it did not need: lists that wait for credits go on, and when there is enough again, the
// next crossing of the mark is told anew. In the caller's transaction.
import type { Scope } from '@/lib/data/scope';
import { clearLow, findStanding } from '@/lib/data/standing';
import type { Tx } from '@/lib/data/transaction';
import { lowMark } from '@/lib/domain/low-balance';
import { enqueueResume } from '../lists/enqueue-resume';

export async function noticeRise(scope: Scope, tx: Tx): Promise<void> {
  const standing = await findStanding(scope, tx);
  if (standing?.isLow === true && standing.available >= lowMark(standing)) await clearLow(scope, tx);
  if (standing !== null && standing.available > 0) await enqueueResume(scope, tx);
}
