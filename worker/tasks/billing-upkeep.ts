import type { Log } from '@/lib/log';
import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import { runBillingUpkeep } from '@/lib/services/billing/run-billing-upkeep';
import type { TaskDefinition } from '../task';

export const createBillingUpkeep = (log: Log): TaskDefinition<TaskPayload<'billing-upkeep'>> => ({
  name: 'billing-upkeep',
  payload: TASK_PAYLOADS['billing-upkeep'],
  run: async () => log.info(await runBillingUpkeep(new Date()), 'billing looked after'),
});
