import type { Log } from '@/lib/log';
import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import { grantDueMonths } from '@/lib/services/ledger/grant-due-months';
import type { TaskDefinition } from '../task';

export const createGrantMonthly = (log: Log): TaskDefinition<TaskPayload<'grant-monthly'>> => ({
  name: 'grant-monthly',
  payload: TASK_PAYLOADS['grant-monthly'],
  run: async () => log.info({ granted: await grantDueMonths(new Date()) }, 'monthly credits granted'),
});
