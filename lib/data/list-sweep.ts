// Lists that should be going on by themselves, with what a safety net needs to know of them, over all workspaces and in bounded
// batches.
import { db } from './_client';

export interface ListAtWork {
  id: string;
  isPlanned: boolean;
  /** A job that plans it waits or runs: a second one would only get in its way. */
  isBeingPlanned: boolean;
  isDone: boolean;
  /** Chunks that could be taken now. */
  open: number;
  /** Neither an open chunk, nor one under way, nor one that waits for its time. */
  hasNoWork: boolean;
}

export function listListsAtWork(page: { afterId: string; take: number }): Promise<ListAtWork[]> {
  return db().$queryRaw<ListAtWork[]>`
    SELECT l."id", l."isPlanned",
      EXISTS (SELECT 1 FROM graphile_worker.jobs j WHERE j."key" = 'plan:' || l."id" AND j."attempts" < j."max_attempts") AS "isBeingPlanned",
      l."processed" >= l."unique" AS "isDone",
      (SELECT COUNT(*)::int FROM "ListChunk" c WHERE c."listId" = l."id" AND c."run" = l."run" AND c."state" = 'open'
        AND c."notBefore" <= timezone('UTC', clock_timestamp())) AS "open",
      NOT EXISTS (SELECT 1 FROM "ListChunk" c WHERE c."listId" = l."id" AND c."run" = l."run") AS "hasNoWork"
    FROM "List" l WHERE l."state" IN ('queued', 'running') AND l."id" > ${page.afterId}
    ORDER BY l."id" LIMIT ${page.take}`;
}

/** Workspaces that can spend something and have lists paused for want of credits. */
export async function listWorkspacesToResume(take: number): Promise<string[]> {
  const rows = await db().$queryRaw<{ workspaceId: string }[]>`
    SELECT DISTINCT l."workspaceId" FROM "List" l JOIN "CreditBalance" b ON b."workspaceId" = l."workspaceId"
    WHERE l."state" = 'paused' AND l."pauseReason" = 'out_of_credits' AND b."balance" > b."held"
    LIMIT ${take}`;
  return rows.map(({ workspaceId }) => workspaceId);
}

/** A list whose rows are in no chunk and have no result is planned afresh: what is done is left out. */
export async function planAfresh(listId: string): Promise<void> {
  await db().list.updateMany({
    where: { id: listId, state: { in: ['queued', 'running'] } },
    data: { isPlanned: false, plannedRun: 0 },
  });
}
