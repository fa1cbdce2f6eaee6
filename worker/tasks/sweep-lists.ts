import type { Log } from '@/lib/log';
import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import { sweepIntakes } from '@/lib/services/lists/sweep-intakes';
import { sweepLists } from '@/lib/services/lists/sweep-lists';
import type { TaskDefinition } from '../task';

export const createSweepLists = (log: Log): TaskDefinition<TaskPayload<'sweep-lists'>> => ({
  name: 'sweep-lists',
  payload: TASK_PAYLOADS['sweep-lists'],
  run: async () => {
    const swept = { ...(await sweepLists()), ...(await sweepIntakes()) };
    if (Object.values(swept).some((count) => count > 0)) log.info(swept, 'lists were put right');
  },
});
