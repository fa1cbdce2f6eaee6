// The tasks of running lists, and which of them run in the runner that is for lists alone, so that a single check never waits behind
// one.
import type { TaskList } from 'graphile-worker';
import { newId } from '@/lib/ids';
import type { TaskName } from '@/lib/queue/tasks';
import type { BulkDeps } from './bulk/bulk-deps';
import { createBulkDeps } from './bulk/create-bulk-deps';
import { createReadingSlots } from './ingest/reading-slots';
import { wrapTask, type TaskDefinition } from './task';
import { createExpireLists } from './tasks/expire-lists';
import { createFinishList } from './tasks/finish-list';
import { createIngestList } from './tasks/ingest-list';
import { createMailList } from './tasks/mail-list';
import { createMailListExpiry } from './tasks/mail-list-expiry';
import { createPlanList } from './tasks/plan-list';
import { createPurgeList } from './tasks/purge-list';
import { createResumeLists } from './tasks/resume-lists';
import { createSweepLists } from './tasks/sweep-lists';
import type { VerifyAddressDeps } from './tasks/verify-address';
import { createVerifyChunk } from './tasks/verify-chunk';

export const BULK_TASKS: readonly TaskName[] = ['verify-chunk'];

export interface ListTaskDeps extends VerifyAddressDeps {
  /** Left out: a domain stands for its host. */
  hostKeyOf?: ((domain: string, deadline: number) => string | Promise<string>) | undefined;
  /** What the process has in hand of lists; its own where it is not shared with anybody. */
  bulk?: BulkDeps | undefined;
}

export function createListTasks(deps: ListTaskDeps): TaskList {
  const { log } = deps;
  const bulk = deps.bulk ?? createBulkDeps({ ...deps, workerId: newId('worker') });
  const wrap = <P>(task: TaskDefinition<P>) => ({ [task.name]: wrapTask(task, log) });
  const hostKeyOf = (domain: string, deadline: number) => deps.hostKeyOf?.(domain, deadline) ?? domain;
  return {
    ...wrap(createIngestList({ now: () => deps.now(), readingSlots: createReadingSlots() })),
    ...wrap(createPlanList({ now: () => deps.now(), hostKeyOf })),
    ...wrap(createVerifyChunk(bulk)),
    ...wrap(createFinishList()),
    ...wrap(createMailList()),
    ...wrap(createResumeLists()),
    ...wrap(createSweepLists(log)),
    ...wrap(createExpireLists(log)),
    ...wrap(createMailListExpiry()),
    ...wrap(createPurgeList()),
  };
}

/** By the runner that works on them. */
export function splitTasks(tasks: TaskList): { main: TaskList; lists: TaskList } {
  const isBulk = (name: string): boolean => BULK_TASKS.some((task) => task === name);
  const entries = Object.entries(tasks);
  return {
    main: Object.fromEntries(entries.filter(([name]) => !isBulk(name))),
    lists: Object.fromEntries(entries.filter(([name]) => isBulk(name))),
  };
}
