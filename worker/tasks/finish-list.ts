import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import { finishList } from '@/lib/services/lists/finish-list';
import type { TaskDefinition } from '../task';

export const createFinishList = (): TaskDefinition<TaskPayload<'finish-list'>> => ({
  name: 'finish-list',
  payload: TASK_PAYLOADS['finish-list'],
  run: async ({ listId }) => {
    await finishList(listId);
  },
});
