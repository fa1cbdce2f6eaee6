// The safety net for lists. A running list is planned, gets tokens for its open chunks, is finished once all its rows have a verdict, is
// planned again if its work got lost, and resumes when the credits or the new day that it waits for are there. A list in intake is read if
// its job got lost, and fails if its owner does not continue. Guarantee: no list stops forever, whatever happened to its jobs or workers.
import { resumeJobKey } from '@/lib/credits/balance';
import { finishJobKey, planJobKey, enqueueTokens } from '@/lib/lists/jobs';
import { enqueueReading } from '@/lib/lists/reading';
import { listStrayChunks, lockRunningChunk, reopenChunk } from '@/lib/lists/store/chunks';
import { deleteStaleParts } from '@/lib/lists/store/files';
import { findIntakeOfTask, listStuckIntakes, type StuckIntake } from '@/lib/lists/store/intake';
import { lockList } from '@/lib/lists/store/run';
import { type ListAtWork, listListsAtWork, listWorkspacesToResume, restartPlanning } from '@/lib/lists/store/upkeep';
import { inTransaction } from '@/lib/platform/db/transaction';
import { UPLOAD_ABANDONED_AFTER_MS } from '@/lib/platform/limits';
import { eachRow } from '@/lib/platform/pages';
import { enqueue } from '@/lib/platform/queue/enqueue';
import { HOUR_MS } from '@/lib/platform/time';
import { failReading, OUR_FAULT, type ReadingFailure } from './reading';

const BATCH_SIZE = 500;

const ABANDONED: ReadingFailure = {
  failure: 'upload_abandoned',
  detail: `No part of the file came for ${UPLOAD_ABANDONED_AFTER_MS / HOUR_MS} hours, so the upload was given up. Upload it again.`,
};

const NOT_CHOSEN: ReadingFailure = {
  failure: 'no_email_column',
  detail: `No column of the file holds email addresses, and none was chosen for ${UPLOAD_ABANDONED_AFTER_MS / HOUR_MS} hours.`,
};

const AT_MOST = 1_000;

export interface Swept {
  planned: number;
  finished: number;
  lost: number;
  resumed: number;
}

export async function sweepLists(): Promise<Swept> {
  const swept: Swept = { planned: 0, finished: 0, lost: 0, resumed: 0 };
  for await (const list of eachRow(listListsAtWork, ({ id }) => id)) await putRight(list, swept);
  for (const workspaceId of await listWorkspacesToResume(BATCH_SIZE)) {
    await inTransaction((tx) => enqueue('resume-lists', { workspaceId }, { jobKey: resumeJobKey(workspaceId) }, tx));
    swept.resumed++;
  }
  return swept;
}

async function putRight(list: ListAtWork, swept: Swept): Promise<void> {
  const isLost = list.isPlanned && !list.isDone && list.hasNoWork;
  if (isLost) {
    await restartPlanning(list.id);
    swept.lost++;
  }
  await inTransaction(async (tx) => {
    if (isLost || (!list.isPlanned && !list.isBeingPlanned)) {
      await enqueue('plan-list', { listId: list.id }, { jobKey: planJobKey(list.id), priority: 'retry' }, tx);
      swept.planned++;
    } else if (list.isPlanned && list.isDone) {
      await enqueue('finish-list', { listId: list.id }, { jobKey: finishJobKey(list.id) }, tx);
      swept.finished++;
    }
    if (list.open > 0) await enqueueTokens(list.id, tx, list.open);
  });
}

export interface SweptIntakes {
  abandoned: number;
  readAgain: number;
  failed: number;
  /** Parts of files. */
  deletedParts: number;
}

/**
 * Uploads that are not continued, and files whose column is not chosen, are given up. A file whose job got lost is read. If its job failed
 * permanently, the list fails. Files that will not be read again are deleted.
 */
export async function sweepIntakes(): Promise<SweptIntakes> {
  const swept: SweptIntakes = { abandoned: 0, readAgain: 0, failed: 0, deletedParts: 0 };
  for (const list of await listStuckIntakes(BATCH_SIZE, UPLOAD_ABANDONED_AFTER_MS)) swept[await putIntakeRight(list)]++;
  swept.deletedParts = await deleteStaleParts(UPLOAD_ABANDONED_AFTER_MS);
  return swept;
}

async function putIntakeRight({ id, status, hasFailed }: StuckIntake): Promise<'abandoned' | 'failed' | 'readAgain'> {
  if (status !== 'parsing') {
    await failReading(id, status === 'uploading' ? ABANDONED : NOT_CHOSEN);
    return 'abandoned';
  }
  if (hasFailed) {
    await failReading(id, OUR_FAULT);
    return 'failed';
  }
  const list = await findIntakeOfTask(id);
  if (list) await inTransaction((tx) => enqueueReading(list, tx));
  return 'readAgain';
}

/**
 * Frees chunks that no worker works on, because their worker died or lost track of them: they can be claimed again, and their reserved
 * credits go back to their lists. Rows that were already answered are in the results and are not asked again. Returns how many were freed.
 */
export async function freeStrayChunks(own: { workerId: string; claims: readonly string[] }): Promise<number> {
  let freed = 0;
  const stray = await listStrayChunks(own, AT_MOST);
  for (const chunk of stray) {
    const scope = { workspaceId: chunk.workspaceId };
    await inTransaction(async (tx) => {
      const list = await lockList(scope, chunk.listId, tx);
      const held = await lockRunningChunk(chunk, tx);
      if (list === null || held?.claimedBy !== chunk.claimedBy) return;
      await reopenChunk(chunk, null, tx);
      freed++;
    });
  }
  for (const listId of new Set(stray.map((chunk) => chunk.listId))) await inTransaction((tx) => enqueueTokens(listId, tx));
  return freed;
}
