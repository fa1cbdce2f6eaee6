// The tasks of running lists, and which of them run in the runner that is for lists alone, so that a single check never waits behind
// one.
import type { TaskList } from 'graphile-worker';
import { newId } from '@/lib/platform/ids';
import type { TaskName } from '@/lib/platform/queue/enqueue';
import { createReadingSlots } from './lists/ingest/ingest-list';
import { type BulkDeps, createBulkDeps } from './lists/run/deps';
import { type TaskDefinition, wrapTask } from './task';
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
  createVerifyChunk,
} from './tasks/lists';
import type { VerifyAddressDeps } from './tasks/verifications';

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
    ...wrap(createMailListPaused()),
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
