import type { Log } from '@/lib/log';
import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import { grantDuePlanMonths } from '@/lib/services/billing/grant-due-plan-months';
import { grantDueMonths } from '@/lib/services/ledger/grant-due-months';
import type { TaskDefinition } from '../task';

export const createGrantMonthly = (log: Log): TaskDefinition<TaskPayload<'grant-monthly'>> => ({
  name: 'grant-monthly',
  payload: TASK_PAYLOADS['grant-monthly'],
  run: async () => {
    const now = new Date();
    log.info({ free: await grantDueMonths(now), yearly: await grantDuePlanMonths(now) }, 'monthly credits granted');
  },
});
