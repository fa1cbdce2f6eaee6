import type { Log } from '@/lib/log';
import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import { expireDueGrants } from '@/lib/services/ledger/expire-due-grants';
import type { TaskDefinition } from '../task';

export const createExpireGrants = (log: Log): TaskDefinition<TaskPayload<'expire-grants'>> => ({
  name: 'expire-grants',
  payload: TASK_PAYLOADS['expire-grants'],
  run: async () => log.info({ credits: await expireDueGrants() }, 'credits expired'),
});
