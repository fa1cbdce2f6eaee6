// After credits came in: the workspace's lists that are paused for want of them go on, oldest first, as far as the credits reach. One
// transaction a list, so that a run that dies halfway is taken up by the next.
import { listPausedLists, lockList } from '@/lib/data/list-run';
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import { goOn } from './resume-list';

const AT_MOST = 100;

/** How many lists go on. */
export async function resumePausedLists(scope: Scope): Promise<number> {
  let resumed = 0;
  for (const id of await listPausedLists(scope, AT_MOST)) {
    const goesOn = await inTransaction(async (tx) => {
      const list = await lockList(scope, id, tx);
      if (list?.state !== 'paused' || list.pauseReason !== 'out_of_credits') return true;
      const gone = await goOn(list, null, tx);
      if (gone.ok) resumed++;
      return gone.ok;
    });
    // Who came first is served first: a younger list does not take what the older one waits for.
    if (!goesOn) break;
  }
  return resumed;
}
