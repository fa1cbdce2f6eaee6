import type { Log } from '@/lib/log';
import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import { auditLedgers } from '@/lib/services/operator/audit-ledgers';
import type { TaskDefinition } from '../task';

export const createAuditLedgers = (log: Log): TaskDefinition<TaskPayload<'audit-ledgers'>> => ({
  name: 'audit-ledgers',
  payload: TASK_PAYLOADS['audit-ledgers'],
  run: async () => {
    for (const workspace of await auditLedgers()) log.error({ workspace }, 'the ledger does not add up');
  },
});
