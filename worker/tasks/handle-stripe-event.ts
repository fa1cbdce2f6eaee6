import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import { processStripeEvent } from '@/lib/services/billing/process-stripe-event';
import type { TaskDefinition } from '../task';

export const handleStripeEvent: TaskDefinition<TaskPayload<'handle-stripe-event'>> = {
  name: 'handle-stripe-event',
  payload: TASK_PAYLOADS['handle-stripe-event'],
  run: ({ eventId }) => processStripeEvent(eventId),
};
