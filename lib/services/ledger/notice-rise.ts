// Credits came in, or a list gave back what it did not need: when there is enough again, the next crossing of the mark is told anew.
// In the caller's transaction.
import type { Scope } from '@/lib/data/scope';
import { clearLow, findStanding } from '@/lib/data/standing';
import type { Tx } from '@/lib/data/transaction';
import { lowMark } from '@/lib/domain/low-balance';

export async function noticeRise(scope: Scope, tx: Tx): Promise<void> {
  const standing = await findStanding(scope, tx);
  if (standing?.isLow === true && standing.available >= lowMark(standing)) await clearLow(scope, tx);
}
