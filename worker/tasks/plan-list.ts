// Plans a list for some seconds and comes again where there is more. When it keeps failing, the list fails, and what it holds goes
// back.
import { inTransaction } from '@/lib/data/transaction';
import { enqueue } from '@/lib/queue/enqueue';
import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import { failList } from '@/lib/services/lists/fail-list';
import { planJobKey } from '@/lib/services/lists/list-keys';
import { planList, type PlanDeps } from '../bulk/plan/plan-list';
import type { TaskDefinition } from '../task';

export const createPlanList = (deps: PlanDeps): TaskDefinition<TaskPayload<'plan-list'>> => ({
  name: 'plan-list',
  payload: TASK_PAYLOADS['plan-list'],
  run: async ({ listId }) => {
    if ((await planList(listId, deps)) === 'done') return;
    await inTransaction((tx) => enqueue('plan-list', { listId }, { jobKey: planJobKey(listId), priority: 'retry' }, tx));
  },
  giveUp: async ({ listId }) => {
    await failList(listId);
  },
});
