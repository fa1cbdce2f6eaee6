// The queue's tasks of accounts, and what other nouns do when an account ends. Each task may run twice, and the second run changes nothing.
import { settleClosingLater, deleteDueAccounts, type LeaveWorkspaces } from '@/lib/accounts/deletion';
import { sendNotice } from '@/lib/accounts/notices';
import { enqueueCloseCustomers } from '@/lib/billing/customers';
import { noticeTemplate } from '@/lib/billing/mails/notice-mail';
import { settleClosingPlan } from '@/lib/billing/plans';
import { settleClosingLists } from '@/lib/lists/pause';
import { enqueuePurges } from '@/lib/lists/keep';
import type { Log } from '@/lib/platform/log';
import type { TaskDefinition } from '../task';

export const leaveWorkspaces: LeaveWorkspaces = async (workspaceIds, tx) => {
  await enqueueCloseCustomers(workspaceIds, tx);
  await enqueuePurges(workspaceIds, tx);
};

export const createDeleteAccounts = (log: Log): TaskDefinition<'delete-accounts'> => ({
  name: 'delete-accounts',
  run: async () => {
    const report = await deleteDueAccounts(new Date(), leaveWorkspaces);
    if (report.deleted + report.reminded + report.stopped > 0) log.info(report, 'accounts deleted');
  },
});

export const mailNoticeTask: TaskDefinition<'mail-notice'> = {
  name: 'mail-notice',
  run: ({ noticeId }) => sendNotice(noticeId, noticeTemplate),
};

export const settleClosingTask: TaskDefinition<'settle-closing'> = {
  name: 'settle-closing',
  run: async (scope) => {
    await settleClosingLists(scope);
    await settleClosingPlan(scope);
  },
  giveUp: (scope) => settleClosingLater(scope, new Date()),
};
