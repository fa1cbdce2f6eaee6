import type { Log } from '@/lib/log';
import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import { checkAutoTopUp } from '@/lib/services/billing/check-auto-top-up';
import type { TaskDefinition } from '../task';

export const createAutoTopUp = (log: Log): TaskDefinition<TaskPayload<'auto-top-up'>> => ({
  name: 'auto-top-up',
  payload: TASK_PAYLOADS['auto-top-up'],
  run: async ({ workspaceId }) => log.info({ workspace: workspaceId, outcome: await checkAutoTopUp({ workspaceId }) }, 'top-up'),
});
