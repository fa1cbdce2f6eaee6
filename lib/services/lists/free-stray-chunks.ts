// Chunks that nobody works on any more, because their worker died or lost sight of them, go back to be claimed again, and what they
// had reserved goes back to their lists. What was answered before stands in the results and is not asked again.
import { listStrayChunks, lockRunningChunk, reopenChunk } from '@/lib/data/list-chunks';
import { changeList, lockList } from '@/lib/data/list-run';
import { inTransaction } from '@/lib/data/transaction';
import { enqueueTokens } from './enqueue-tokens';

const AT_MOST = 1_000;

/** How many were freed. */
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
      const isOfThisRun = list.run === chunk.run;
      if (isOfThisRun) await changeList(scope, list.id, { reserved: { decrement: held.reserved } }, tx);
      freed++;
    });
  }
  for (const listId of new Set(stray.map((chunk) => chunk.listId))) await inTransaction((tx) => enqueueTokens(listId, tx));
  return freed;
}
