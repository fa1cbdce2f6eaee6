import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import { mailDisabled } from '@/lib/services/webhooks/mail-disabled';
import type { TaskDefinition } from '../task';

export const createMailWebhookDisabled = (): TaskDefinition<TaskPayload<'mail-webhook-disabled'>> => ({
  name: 'mail-webhook-disabled',
  payload: TASK_PAYLOADS['mail-webhook-disabled'],
  run: ({ workspaceId, endpointId }) => mailDisabled({ workspaceId }, endpointId),
});
