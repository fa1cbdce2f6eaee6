// Leaves a chunk: what was not answered goes where it belongs, in one transaction. Rows to ask again wait for their time with what
// they must remember; rows of slow hosts go to the slow lane; what was not even asked goes back to be claimed again. What they had
// reserved is given back. A chunk that somebody else holds by now, or a list that ended, is left alone.
import { deleteChunk, insertChunks, lockClaimed, reopenChunk, type ClaimKey, type NewChunk } from '@/lib/data/list-chunks';
import { keepRetries, type ListRetry } from '@/lib/data/list-retries';
import { changeList, lockList } from '@/lib/data/list-run';
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import type { ChunkLane } from '@/lib/domain/list';
import { enqueueToken, enqueueTokenAt, TOKENS_A_LIST } from './enqueue-tokens';

export interface LeaveChunk {
  claim: ClaimKey;
  hostKey: string;
  retries: readonly ListRetry[];
  /** Rows whose host was too slow for the main lane. */
  slow: readonly number[];
  /** Rows that our own pace left no time for: nobody was asked, so they wait a moment and lose nothing. */
  heldBack: readonly number[];
  lane: ChunkLane;
  now: number;
  /** Rows that nobody asked, or whose answer nobody waited for. */
  unasked: readonly number[];
}

/** Rows due within so long of each other wait together, for the last of them. */
const TOGETHER_MS = 10_000;
const HELD_BACK_MS = 5_000;

/** False when the chunk was somebody else's. */
export function leaveChunk(scope: Scope, left: LeaveChunk): Promise<boolean> {
  const { claim, retries, unasked } = left;
  return inTransaction(async (tx) => {
    const list = await lockList(scope, claim.listId, tx);
    const held = list?.run === claim.run ? await lockClaimed(claim, tx) : null;
    if (list === null || held === null) return false;
    await keepRetries(list.id, retries, tx);
    const chunks = newChunks(left);
    await insertChunks({ listId: list.id, run: list.run, afterNo: list.chunks }, chunks, tx);
    for (const [at, { notBefore }] of chunks.entries()) {
      const no = list.chunks + at + 1;
      if (notBefore) await enqueueTokenAt({ listId: list.id, chunk: no, runAt: notBefore }, tx);
      else await enqueueToken({ listId: list.id, token: no % TOKENS_A_LIST, runAt: null }, tx);
    }
    if (unasked.length > 0) await enqueueToken({ listId: list.id, token: claim.no % TOKENS_A_LIST, runAt: null }, tx);
    if (unasked.length > 0) await reopenChunk(claim, unasked, tx);
    else await deleteChunk(claim, tx);
    await changeList(scope, list.id, { reserved: { decrement: held.reserved }, chunks: { increment: chunks.length } }, tx);
    return true;
  });
}

function newChunks({ hostKey, lane, now, retries, slow, heldBack }: LeaveChunk): NewChunk[] {
  const chunks: NewChunk[] = [];
  if (slow.length > 0) chunks.push({ rows: slow, hostKey, lane: 'slow', notBefore: null });
  if (heldBack.length > 0) chunks.push({ rows: heldBack, hostKey, lane, notBefore: new Date(now + HELD_BACK_MS) });
  let group: ListRetry[] = [];
  const close = (): void => {
    const last = group.at(-1);
    if (last) chunks.push({ rows: group.map(({ n }) => n), hostKey, lane: 'retry', notBefore: last.dueAt });
    group = [];
  };
  for (const retry of retries.toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime())) {
    const first = group[0];
    if (first && retry.dueAt.getTime() - first.dueAt.getTime() > TOGETHER_MS) close();
    group.push(retry);
  }
  close();
  return chunks;
}
