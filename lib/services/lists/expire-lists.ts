// The clock of retention: tells the makers of lists whose rows will be deleted, expires those whose time is over, and sees to it that the
// rows of every expired list really go. A notice and its mail's job are one transaction.
import { listListsToExpire, listListsToPurge, takeListsToNotice } from '@/lib/data/list-expiry';
import { lockList } from '@/lib/data/list-run';
import { inTransaction } from '@/lib/data/transaction';
import { canMove } from '@/lib/domain/list';
import { enqueueAll } from '@/lib/queue/enqueue';
import { expireList } from './expire-list';
import { expiryMailJobKey, purgeJobKey } from './list-keys';

const BATCH_SIZE = 200;
const MAX_BATCHES = 50;

export interface Expired {
  noticed: number;
  expired: number;
  purging: number;
}

export async function expireLists(): Promise<Expired> {
  const noticed = await inBatches(notice);
  const expired = await inBatches(expireSome);
  return { noticed, expired, purging: await purgeAll() };
}

async function inBatches(work: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const count = await work();
    total += count;
    if (count < BATCH_SIZE) break;
  }
  return total;
}

const notice = (): Promise<number> =>
  inTransaction(async (tx) => {
    const lists = await takeListsToNotice(BATCH_SIZE, tx);
    const jobs = lists.map(({ id }) => ({ payload: { listId: id }, jobKey: expiryMailJobKey(id) }));
    await enqueueAll('mail-list-expiry', jobs, { priority: 'retry' }, tx);
    return lists.length;
  });

/** One list a transaction: the lock of a list comes before all others. */
async function expireSome(): Promise<number> {
  const lists = await listListsToExpire(BATCH_SIZE);
  for (const { id, workspaceId } of lists) {
    await inTransaction(async (tx) => {
      const list = await lockList({ workspaceId }, id, tx);
      if (list !== null && canMove(list.state, 'expired')) await expireList(list, tx);
    });
  }
  return lists.length;
}

async function purgeAll(): Promise<number> {
  const ids = await listListsToPurge(BATCH_SIZE);
  const jobs = ids.map((listId) => ({ payload: { listId }, jobKey: purgeJobKey(listId) }));
  await inTransaction((tx) => enqueueAll('purge-list', jobs, { priority: 'bulk' }, tx));
  return ids.length;
}
