import type { Log } from '@/lib/log';
import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import { requeueLost } from '@/lib/services/requeue-lost';
import { requeueLostDeliveries } from '@/lib/services/webhooks/requeue-lost-deliveries';
import type { TaskDefinition } from '../task';

export const createRequeueLost = (log: Log): TaskDefinition<TaskPayload<'requeue-lost'>> => ({
  name: 'requeue-lost',
  payload: TASK_PAYLOADS['requeue-lost'],
  run: async () => {
    log.info(await requeueLost(Date.now()), 'lost checks taken up');
    log.info({ requeued: await requeueLostDeliveries() }, 'lost deliveries taken up');
  },
});
