// All tasks of the worker, and when the scheduled ones run (cron, UTC). A scheduled task has a job key, so that it never queues up behind
// itself, and a short backfill: work that was missed for longer is done by the next run anyway.
import type { CronItem, TaskList } from 'graphile-worker';
import type { JudgeMailbox } from '@/lib/credits/rules/free';
import { newId } from '@/lib/platform/ids';
import type { TaskName } from '@/lib/platform/queue/enqueue';
import { createSlots } from '@/lib/platform/slots';
import type { SendWebhook } from '@/lib/webhooks/rules';
import { createReadingSlots } from './lists/ingest/ingest-list';
import { type BulkDeps, createBulkDeps } from './lists/run/deps';
import { type TaskDefinition, wrapTask } from './task';
import { createDeleteAccounts, mailNoticeTask, settleClosingTask } from './tasks/accounts';
import { closeCustomerTask, createAutoTopUp, createBillingUpkeep, handleStripeEvent } from './tasks/billing';
import {
  checkLowBalanceTask,
  createAuditLedgers,
  createExpireGrants,
  createGiveFreeCredits,
  createGrantMonthly,
  emitBudgetExceededTask,
  emitLowBalanceTask,
  mailLowBalanceTask,
} from './tasks/credits';
import {
  createExpireLists,
  createFinishList,
  createIngestList,
  createMailList,
  createMailListExpiry,
  createMailListPaused,
  createPlanList,
  createPurgeList,
  createResumeLists,
  createSweepLists,
  createTellOtherRows,
  createVerifyChunk,
} from './tasks/lists';
import { createSampleStatus } from './tasks/status';
import {
  createLookUpDomain,
  createPurgeExpired,
  createPurgeVisitors,
  createRequeueLost,
  createVerifyAddress,
  type DescribeDomain,
  type VerifyAddressDeps,
} from './tasks/verifications';
import { createDeliverWebhook, createFailDeliveries, createMailWebhookDisabled } from './tasks/webhooks';

const SCHEDULE: readonly { task: TaskName; match: string }[] = [
  { task: 'grant-monthly', match: '0 * * * *' },
  { task: 'expire-grants', match: '*/10 * * * *' },
  { task: 'audit-ledgers', match: '25 3 * * *' },
  { task: 'purge-visitors', match: '20 * * * *' },
  { task: 'purge-expired', match: '40 * * * *' },
  { task: 'requeue-lost', match: '*/5 * * * *' },
  { task: 'sweep-lists', match: '* * * * *' },
  { task: 'sample-status', match: '*/5 * * * *' },
  { task: 'expire-lists', match: '3,13,23,33,43,53 * * * *' },
  { task: 'delete-accounts', match: '*/5 * * * *' },
  { task: 'billing-upkeep', match: '5,15,25,35,45,55 * * * *' },
];
const BACKFILL_MS = 3_600_000;
const SCHEDULED_ATTEMPTS = 3;

export const CRON_ITEMS: CronItem[] = SCHEDULE.map(({ task, match }) => ({
  task,
  match,
  identifier: task,
  options: { backfillPeriod: BACKFILL_MS, maxAttempts: SCHEDULED_ATTEMPTS, jobKey: `scheduled:${task}`, priority: 8 },
}));

export interface TaskDeps extends ListTaskDeps {
  sendWebhook: SendWebhook;
  /** Omitted: nothing is found. */
  describeDomain?: DescribeDomain;
  /** Omitted: every domain offers ordinary mailboxes. */
  judgeMailbox?: JudgeMailbox;
  /** The number of jobs to run at once. */
  concurrency: number;
}

/** Receivers may be slow, so deliveries get at most this share of a worker, and this many at once for one workspace. */
const WEBHOOK_SHARE = 0.25;
const WEBHOOKS_AT_ONCE_A_WORKSPACE = 3;

export function createTaskList(deps: TaskDeps): TaskList {
  const { log, sendWebhook, concurrency } = deps;
  const slots = createSlots({
    total: Math.max(1, Math.floor(concurrency * WEBHOOK_SHARE)),
    each: WEBHOOKS_AT_ONCE_A_WORKSPACE,
  });
  const judge: JudgeMailbox = deps.judgeMailbox ?? (() => 'mailbox');
  const wrap = <N extends TaskName>(task: TaskDefinition<N>) => ({ [task.name]: wrapTask(task, log) });
  return {
    ...createListTasks(deps),
    ...wrap(createVerifyAddress(deps)),
    ...wrap(createLookUpDomain(deps.describeDomain)),
    ...wrap(createDeliverWebhook({ ...deps, send: sendWebhook, slots })),
    ...wrap(createFailDeliveries()),
    ...wrap(createMailWebhookDisabled()),
    ...wrap(emitLowBalanceTask),
    ...wrap(emitBudgetExceededTask),
    ...wrap(mailLowBalanceTask),
    ...wrap(checkLowBalanceTask),
    ...wrap(mailNoticeTask),
    ...wrap(createAuditLedgers(log)),
    ...wrap(createGrantMonthly(log, judge)),
    ...wrap(createGiveFreeCredits(judge)),
    ...wrap(createExpireGrants(log)),
    ...wrap(createPurgeVisitors(log)),
    ...wrap(createPurgeExpired(log)),
    ...wrap(createRequeueLost(log)),
    ...wrap(createSampleStatus(log)),
    ...wrap(handleStripeEvent),
    ...wrap(createAutoTopUp(log)),
    ...wrap(closeCustomerTask),
    ...wrap(settleClosingTask),
    ...wrap(createDeleteAccounts(log)),
    ...wrap(createBillingUpkeep(log)),
  };
}

// The tasks of lists. Those in BULK_TASKS have their own runner, so that a single check never waits behind a list.

export const BULK_TASKS: readonly TaskName[] = ['verify-chunk'];

interface ListTaskDeps extends VerifyAddressDeps {
  /** Omitted: the domain itself is the key. */
  hostKeyOf?: ((domain: string, deadline: number) => string | Promise<string>) | undefined;
  /** The process's state of work on lists; created here if the caller does not share one. */
  bulk?: BulkDeps | undefined;
}

function createListTasks(deps: ListTaskDeps): TaskList {
  const { log } = deps;
  const bulk = deps.bulk ?? createBulkDeps({ ...deps, workerId: newId('worker') });
  const wrap = <N extends TaskName>(task: TaskDefinition<N>) => ({ [task.name]: wrapTask(task, log) });
  const hostKeyOf = (domain: string, deadline: number) => deps.hostKeyOf?.(domain, deadline) ?? domain;
  return {
    ...wrap(createIngestList({ now: () => deps.now(), readingSlots: createReadingSlots() })),
    ...wrap(createPlanList({ now: () => deps.now(), hostKeyOf })),
    ...wrap(createVerifyChunk(bulk)),
    ...wrap(createFinishList()),
    ...wrap(createTellOtherRows()),
    ...wrap(createMailList()),
    ...wrap(createResumeLists()),
    ...wrap(createSweepLists(log)),
    ...wrap(createExpireLists(log)),
    ...wrap(createMailListPaused()),
    ...wrap(createMailListExpiry()),
    ...wrap(createPurgeList()),
  };
}

/** Splits tasks by the runner that runs them. */
export function splitTasks(tasks: TaskList): { main: TaskList; lists: TaskList } {
  const isBulk = (name: string): boolean => BULK_TASKS.some((task) => task === name);
  const entries = Object.entries(tasks);
  return {
    main: Object.fromEntries(entries.filter(([name]) => !isBulk(name))),
    lists: Object.fromEntries(entries.filter(([name]) => isBulk(name))),
  };
}
