// The queue's tasks of accounts. Each may run twice and changes nothing the second time.
import { deleteDueAccounts } from '@/lib/accounts/deletion';
import { sendNotice } from '@/lib/accounts/notices';
import { noticeTemplate } from '@/lib/billing/mails/notice-mail';
import type { Log } from '@/lib/platform/log';
import { TASK_PAYLOADS, type TaskPayload } from '@/lib/platform/queue/enqueue';
import type { TaskDefinition } from '../task';

export const createDeleteAccounts = (log: Log): TaskDefinition<TaskPayload<'delete-accounts'>> => ({
  name: 'delete-accounts',
  payload: TASK_PAYLOADS['delete-accounts'],
  run: async () => {
    const report = await deleteDueAccounts(new Date());
    if (report.deleted + report.reminded + report.stopped > 0) log.info(report, 'accounts deleted');
  },
});

export const mailNoticeTask: TaskDefinition<TaskPayload<'mail-notice'>> = {
  name: 'mail-notice',
  payload: TASK_PAYLOADS['mail-notice'],
  run: ({ noticeId }) => sendNotice(noticeId, noticeTemplate),
};
