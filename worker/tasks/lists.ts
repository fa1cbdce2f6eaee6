// The queue's tasks of lists. Each may run twice or concurrently, and the second run changes nothing. Mails are separate tasks, so that an
// unavailable mail server delays no verdict and a kill loses no mail.
import { failList, finishList, tellOtherRows } from '@/lib/lists/end';
import { expireLists, purgeList } from '@/lib/lists/keep';
import { planJobKey, purgeJobKey } from '@/lib/lists/jobs';
import { mailList, mailListExpiry, mailListPaused } from '@/lib/lists/mails';
import { resumePausedLists } from '@/lib/lists/pause';
import { inTransaction } from '@/lib/platform/db/transaction';
import { BULK_TURN_MS } from '@/lib/platform/limits';
import type { Log } from '@/lib/platform/log';
import { enqueue } from '@/lib/platform/queue/enqueue';
import { type PlanDeps, planList } from '../lists/plan';
import { claimChunk, takeNextTurn } from '../lists/chunks';
import { type IngestDeps, ingestList, type ReadingSlots } from '../lists/ingest/ingest-list';
import { failReading, findFileSize, OUR_FAULT, readLater } from '../lists/reading';
import type { BulkDeps } from '../lists/run/deps';
import { runChunk } from '../lists/run/run-chunk';
import { sweepIntakes, sweepLists } from '../lists/sweep';
import type { TaskDefinition } from '../task';

export interface IngestListDeps extends IngestDeps {
  readingSlots: ReadingSlots;
}

const AGAIN_MS = 1_000;

/**
 * Reads a list's file if this process has room for it; otherwise runs again a little later. If our own software keeps failing on it,
 * the list fails.
 */
export const createIngestList = (deps: IngestListDeps): TaskDefinition<'ingest-list'> => ({
  name: 'ingest-list',
  run: async ({ listId }) => {
    const sizeBytes = await findFileSize(listId);
    if (sizeBytes === null) return;
    const again = (): Promise<void> => readLater({ listId, sizeBytes, at: new Date(deps.now() + AGAIN_MS) });
    const leave = deps.readingSlots.take(sizeBytes);
    if (leave === null) return again();
    try {
      if ((await ingestList(listId, deps)) === 'busy') await again();
    } finally {
      leave();
    }
  },
  giveUp: async ({ listId }) => {
    await failReading(listId, OUR_FAULT);
  },
});

/** Plans a list for some seconds, and runs again if there is more. If it keeps failing, the list fails and its hold is released. */
export const createPlanList = (deps: PlanDeps): TaskDefinition<'plan-list'> => ({
  name: 'plan-list',
  run: async ({ listId }) => {
    if ((await planList(listId, deps)) === 'done') return;
    await inTransaction((tx) => enqueue('plan-list', { listId }, { jobKey: planJobKey(listId), priority: 'retry' }, tx));
  },
  giveUp: async ({ listId }) => {
    await failList(listId);
  },
});

/**
 * One turn of work on lists: takes the open chunk that is next in fairness, works on it, and continues with the next while the turn lasts.
 * Then the token goes back to the queue. It is designed to run twice and concurrently.
 */
export function createVerifyChunk(deps: BulkDeps): TaskDefinition<'verify-chunk'> {
  let claims = 0;
  return {
    name: 'verify-chunk',
    run: async ({ listId, token }) => {
      const until = deps.now() + BULK_TURN_MS;
      let wasIdle = false;
      while (!deps.board.isStopped && !wasIdle && deps.now() < until) {
        const claim = await claimChunk({ claimId: `${deps.workerId}/${++claims}`, slots: deps.slots });
        if (claim) await runChunk(claim, deps);
        else wasIdle = true;
      }
      await takeNextTurn({ listId, token, wasIdle, now: deps.now() });
    },
  };
}

export const createFinishList = (): TaskDefinition<'finish-list'> => ({
  name: 'finish-list',
  run: async ({ listId }) => {
    await finishList(listId);
  },
});

export const createTellOtherRows = (): TaskDefinition<'tell-other-rows'> => ({
  name: 'tell-other-rows',
  run: ({ listId, after }) => tellOtherRows(listId, after),
});

export const createResumeLists = (): TaskDefinition<'resume-lists'> => ({
  name: 'resume-lists',
  run: async ({ workspaceId }) => {
    await resumePausedLists({ workspaceId });
  },
});

export const createExpireLists = (log: Log): TaskDefinition<'expire-lists'> => ({
  name: 'expire-lists',
  run: async () => {
    const done = await expireLists();
    if (Object.values(done).some((count) => count > 0)) log.info(done, 'retention of lists');
  },
});

/** Deletes a list's rows for some seconds, and runs again if there are more, so that a large list does not occupy a slot for long. */
export const createPurgeList = (): TaskDefinition<'purge-list'> => ({
  name: 'purge-list',
  run: async ({ listId }) => {
    if ((await purgeList(listId)) === 'done') return;
    await inTransaction((tx) => enqueue('purge-list', { listId }, { jobKey: purgeJobKey(listId), priority: 'bulk' }, tx));
  },
});

export const createSweepLists = (log: Log): TaskDefinition<'sweep-lists'> => ({
  name: 'sweep-lists',
  run: async () => {
    const swept = { ...(await sweepLists()), ...(await sweepIntakes()) };
    if (Object.values(swept).some((count) => count > 0)) log.info(swept, 'lists were put right');
  },
});

/** Tells a list's creator that it ended. */
export const createMailList = (): TaskDefinition<'mail-list'> => ({
  name: 'mail-list',
  run: async ({ listId, run }) => {
    await mailList(listId, run);
  },
});

/** Tells a list's creator that its rows will be deleted. */
export const createMailListExpiry = (): TaskDefinition<'mail-list-expiry'> => ({
  name: 'mail-list-expiry',
  run: async ({ listId }) => {
    await mailListExpiry(listId);
  },
});

/** Tells a list's creator that it paused for credits, if it is still paused when this runs. */
export const createMailListPaused = (): TaskDefinition<'mail-list-paused'> => ({
  name: 'mail-list-paused',
  run: async ({ listId, pausedAt }) => {
    await mailListPaused({ listId, pausedAt: new Date(pausedAt) });
  },
});
