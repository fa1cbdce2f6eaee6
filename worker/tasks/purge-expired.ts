import { purgeExpiredRows } from '@/lib/data/maintenance';
import type { Log } from '@/lib/log';
import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import type { TaskDefinition } from '../task';

export const createPurgeExpired = (log: Log): TaskDefinition<TaskPayload<'purge-expired'>> => ({
  name: 'purge-expired',
  payload: TASK_PAYLOADS['purge-expired'],
  run: async () => log.info({ rows: await purgeExpiredRows() }, 'expired rows purged'),
});
