// The steps of a plan that write: chunks out of domains that waited, and the plan's end. Promises that a row is in one chunk of a run: a
// domain that somebody else planned meanwhile ends the step without a trace.
import { insertChunks, type NewChunk } from '@/lib/data/list-chunks';
import { deleteDomains, type DomainKey } from '@/lib/data/list-plan';
import { announceLists, changeList, lockList, type ListRun } from '@/lib/data/list-run';
import { inTransaction, type Tx } from '@/lib/data/transaction';
import { enqueue } from '@/lib/queue/enqueue';
import { enqueueTokens } from './enqueue-tokens';
import { finishJobKey } from './list-keys';

const AT_WORK = ['queued', 'running', 'paused'];

class PlannedElsewhere extends Error {}

/** False where this plan is not to be gone on with. */
export async function makeChunks(
  list: ListRun,
  made: { chunks: readonly NewChunk[]; domains: readonly DomainKey[] },
): Promise<boolean> {
  const scope = { workspaceId: list.workspaceId };
  return inTransaction(async (tx) => {
    const now = await lockList(scope, list.id, tx);
    if (now?.run !== list.run || !AT_WORK.includes(now.state)) return false;
    const deleted = await deleteDomains(list.id, made.domains, tx);
    if (deleted !== made.domains.length) throw new PlannedElsewhere();
    await insertChunks({ listId: list.id, run: list.run, afterNo: now.chunks }, made.chunks, tx);
    await changeList(scope, list.id, { chunks: { increment: made.chunks.length } }, tx);
    await enqueueTokens(list.id, tx, made.chunks.length);
    return true;
  }).catch((error: unknown) => {
    if (error instanceof PlannedElsewhere) return false;
    throw error;
  });
}

export async function endPlan(list: ListRun): Promise<void> {
  const scope = { workspaceId: list.workspaceId };
  await inTransaction(async (tx: Tx) => {
    const now = await lockList(scope, list.id, tx);
    if (now?.run !== list.run || !AT_WORK.includes(now.state)) return;
    await changeList(scope, list.id, { isPlanned: true }, tx);
    // What came last may have been written before this: then nothing else would complete the list.
    if (now.processed >= now.unique) await enqueue('finish-list', { listId: list.id }, { jobKey: finishJobKey(list.id) }, tx);
    await announceLists([list.id], tx);
  });
}
