import type { Log } from '@/lib/log';
import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import { expireLists } from '@/lib/services/lists/expire-lists';
import type { TaskDefinition } from '../task';

export const createExpireLists = (log: Log): TaskDefinition<TaskPayload<'expire-lists'>> => ({
  name: 'expire-lists',
  payload: TASK_PAYLOADS['expire-lists'],
  run: async () => {
    const done = await expireLists();
    if (Object.values(done).some((count) => count > 0)) log.info(done, 'retention of lists');
  },
});
