// Deletes a list's rows for some seconds and comes again where there are more, so that a large list keeps no slot from others.
import { inTransaction } from '@/lib/data/transaction';
import { enqueue } from '@/lib/queue/enqueue';
import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import { purgeJobKey } from '@/lib/services/lists/list-keys';
import { purgeList } from '@/lib/services/lists/purge-list';
import type { TaskDefinition } from '../task';

export const createPurgeList = (): TaskDefinition<TaskPayload<'purge-list'>> => ({
  name: 'purge-list',
  payload: TASK_PAYLOADS['purge-list'],
  run: async ({ listId }) => {
    if ((await purgeList(listId)) === 'done') return;
    await inTransaction((tx) => enqueue('purge-list', { listId }, { jobKey: purgeJobKey(listId), priority: 'bulk' }, tx));
  },
});
