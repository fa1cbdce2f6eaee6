import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import { mailLowBalance } from '@/lib/services/ledger/mail-low-balance';
import type { TaskDefinition } from '../task';

export const mailLowBalanceTask: TaskDefinition<TaskPayload<'mail-low-balance'>> = {
  name: 'mail-low-balance',
  payload: TASK_PAYLOADS['mail-low-balance'],
  run: mailLowBalance,
};
