import { purgeVisitorChecks } from '@/lib/data/maintenance';
import type { Log } from '@/lib/log';
import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import type { TaskDefinition } from '../task';

export const createPurgeVisitors = (log: Log): TaskDefinition<TaskPayload<'purge-visitors'>> => ({
  name: 'purge-visitors',
  payload: TASK_PAYLOADS['purge-visitors'],
  run: async () => log.info({ rows: await purgeVisitorChecks() }, 'checks of visitors purged'),
});
