import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import type { TaskDefinition } from '../task';

// Nobody can make an endpoint before the sender is here; a job that exists all the same waits in the queue.
export const createDeliverWebhook = (): TaskDefinition<TaskPayload<'deliver-webhook'>> => ({
  name: 'deliver-webhook',
  payload: TASK_PAYLOADS['deliver-webhook'],
  run: () => Promise.reject(new Error('webhooks are not sent yet')),
});
