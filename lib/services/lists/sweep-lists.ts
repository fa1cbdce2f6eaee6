// The safety net under running lists: one that is not planned is being planned, one with open chunks has tokens, one whose rows all
// have their verdict is finished, one whose work got lost is planned afresh for what is left, and one that waits for credits goes on
// when there are some. Promises that no list stands still for ever, whatever happened to its jobs.
import { listListsAtWork, listWorkspacesToResume, planAfresh, type ListAtWork } from '@/lib/data/list-sweep';
import { inTransaction } from '@/lib/data/transaction';
import { enqueue } from '@/lib/queue/enqueue';
import { enqueueTokens } from './enqueue-tokens';
import { finishJobKey, planJobKey, resumeJobKey } from './list-keys';

const BATCH_SIZE = 500;

export interface Swept {
  planned: number;
  finished: number;
  lost: number;
  resumed: number;
}

export async function sweepLists(): Promise<Swept> {
  const swept: Swept = { planned: 0, finished: 0, lost: 0, resumed: 0 };
  for (let afterId = ''; ;) {
    const lists = await listListsAtWork({ afterId, take: BATCH_SIZE });
    for (const list of lists) {
      await putRight(list, swept);
      afterId = list.id;
    }
    if (lists.length < BATCH_SIZE) break;
  }
  for (const workspaceId of await listWorkspacesToResume(BATCH_SIZE)) {
    await inTransaction((tx) => enqueue('resume-lists', { workspaceId }, { jobKey: resumeJobKey(workspaceId) }, tx));
    swept.resumed++;
  }
  return swept;
}

async function putRight(list: ListAtWork, swept: Swept): Promise<void> {
  const isLost = list.isPlanned && !list.isDone && list.hasNoWork;
  if (isLost) {
    await planAfresh(list.id);
    swept.lost++;
  }
  await inTransaction(async (tx) => {
    if (isLost || (!list.isPlanned && !list.isBeingPlanned)) {
      await enqueue('plan-list', { listId: list.id }, { jobKey: planJobKey(list.id), priority: 'retry' }, tx);
      swept.planned++;
    } else if (list.isPlanned && list.isDone) {
      await enqueue('finish-list', { listId: list.id }, { jobKey: finishJobKey(list.id) }, tx);
      swept.finished++;
    }
    if (list.open > 0) await enqueueTokens(list.id, tx, list.open);
  });
}
