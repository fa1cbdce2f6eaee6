// The queue's tasks of accounts, and what other nouns do when an account ends. Each task may run twice, and the second run changes nothing.
import { settleClosingLater, deleteDueAccounts, type LeaveWorkspaces } from '@/lib/accounts/deletion';
import { sendNotice } from '@/lib/accounts/notices';
import { enqueueCloseCustomers } from '@/lib/billing/customers';
import { noticeTemplate } from '@/lib/billing/mails/notice-mail';
import { settleClosingPlan } from '@/lib/billing/plans';
import { settleClosingLists } from '@/lib/lists/pause';
import { enqueuePurges } from '@/lib/lists/keep';
import type { Log } from '@/lib/platform/log';
import { TASK_PAYLOADS, type TaskPayload } from '@/lib/platform/queue/enqueue';
import type { TaskDefinition } from '../task';

export const leaveWorkspaces: LeaveWorkspaces = async (workspaceIds, tx) => {
  await enqueueCloseCustomers(workspaceIds, tx);
  await enqueuePurges(workspaceIds, tx);
};

export const createDeleteAccounts = (log: Log): TaskDefinition<TaskPayload<'delete-accounts'>> => ({
  name: 'delete-accounts',
  payload: TASK_PAYLOADS['delete-accounts'],
  run: async () => {
    const report = await deleteDueAccounts(new Date(), leaveWorkspaces);
    if (report.deleted + report.reminded + report.stopped > 0) log.info(report, 'accounts deleted');
  },
});

export const mailNoticeTask: TaskDefinition<TaskPayload<'mail-notice'>> = {
  name: 'mail-notice',
  payload: TASK_PAYLOADS['mail-notice'],
  run: ({ noticeId }) => sendNotice(noticeId, noticeTemplate),
};

export const settleClosingTask: TaskDefinition<TaskPayload<'settle-closing'>> = {
  name: 'settle-closing',
  payload: TASK_PAYLOADS['settle-closing'],
  run: async (scope) => {
    await settleClosingLists(scope);
    await settleClosingPlan(scope);
  },
  giveUp: (scope) => settleClosingLater(scope, new Date()),
};
