// Takes the fairest open chunk for a worker and reserves what it may charge from its list's hold, in one transaction. Promises that
// captured and reserved never exceed the hold: a chunk that the rest can't pay is cut, and a list whose last credit is spent takes
// more where there are some, else pauses.
import {
  deleteChunk,
  insertChunks,
  lockOpenChunk,
  pickChunk,
  SYNTAX_HOST_KEY,
  takeChunk,
  type ClaimKey,
  type OpenChunk,
  type PickedChunk,
} from '@/lib/data/list-chunks';
import { announceLists, changeList, lockList, type ListRun } from '@/lib/data/list-run';
import { inTransaction, type Tx } from '@/lib/data/transaction';
import type { ChunkLane } from '@/lib/domain/list';
import type { Scope } from '@/lib/data/scope';
import { extendListHold } from './extend-list-hold';

export interface Claim extends ClaimKey {
  scope: Scope;
  lane: ChunkLane;
  hostKey: string;
  test: boolean;
  rows: readonly number[];
  startedAt: Date | null;
}

export interface ClaimChunk {
  claimId: string;
  /** Chunks at once in one process; the limits' own unless given. */
  slots?: number | undefined;
}

/** Lists that turn out to have nothing to give, before the next job tries again. */
const LOOKS = 5;

/** Null where nothing can be taken now. */
export async function claimChunk({ claimId, slots }: ClaimChunk): Promise<Claim | null> {
  for (let look = 0; look < LOOKS; look++) {
    const claim = await inTransaction((tx) => claimOne({ claimId, slots }, tx));
    if (claim !== 'look again') return claim;
  }
  return null;
}

async function claimOne({ claimId, slots }: ClaimChunk, tx: Tx): Promise<Claim | null | 'look again'> {
  const picked = await pickChunk(slots, tx);
  if (picked === null) return null;
  const scope = { workspaceId: picked.workspaceId };
  const list = await lockList(scope, picked.listId, tx);
  if (list?.run !== picked.run || (list.state !== 'queued' && list.state !== 'running')) return 'look again';
  const chunk = await lockOpenChunk(picked, tx);
  if (chunk === null) return 'look again';
  if (chunk.rows.length === 0) {
    await deleteChunk(picked, tx);
    return 'look again';
  }
  const paid = await pay(list, chunk, tx);
  if (paid === null) return 'look again';
  const rows = await cut(list, { picked, chunk, keep: paid.rows }, tx);
  const key = { listId: list.id, run: list.run, no: picked.no, claimId };
  await takeChunk(key, { rows, reserved: paid.reserved }, tx);
  await changeList(scope, list.id, { reserved: { increment: paid.reserved }, state: 'running' }, tx);
  if (list.state === 'queued') await announceLists([list.id], tx);
  return { ...key, scope, lane: chunk.lane, hostKey: chunk.hostKey, test: list.test, rows, startedAt: list.startedAt };
}

/** How many of the chunk's rows can be paid for; null: none, and the list waits for its own chunks, or is paused now. */
async function pay(list: ListRun, chunk: OpenChunk, tx: Tx): Promise<{ rows: number; reserved: number } | null> {
  const wanted = chunk.rows.length;
  if (list.test || chunk.hostKey === SYNTAX_HOST_KEY) return { rows: wanted, reserved: 0 };
  // For the whole rest of the list once it takes more at all.
  const rest = list.unique - list.processed - list.reserved;
  const { left, isAtCap } = await extendListHold(list, { enough: wanted, upTo: rest }, tx);
  if (left > 0) return { rows: Math.min(left, wanted), reserved: Math.min(left, wanted) };
  if (list.reserved === 0) {
    const pauseReason = isAtCap ? 'cap_reached' : 'out_of_credits';
    await changeList({ workspaceId: list.workspaceId }, list.id, { state: 'paused', pauseReason }, tx);
    await announceLists([list.id], tx);
  }
  return null;
}

interface Cut {
  picked: PickedChunk;
  chunk: OpenChunk;
  keep: number;
}

async function cut(list: ListRun, { picked, chunk, keep }: Cut, tx: Tx): Promise<readonly number[]> {
  const rest = chunk.rows.slice(keep);
  if (rest.length === 0) return chunk.rows;
  const { hostKey, lane, notBefore } = chunk;
  await insertChunks(
    { listId: picked.listId, run: picked.run, afterNo: list.chunks },
    [{ rows: rest, hostKey, lane, notBefore }],
    tx,
  );
  await changeList({ workspaceId: list.workspaceId }, list.id, { chunks: { increment: 1 } }, tx);
  return chunk.rows.slice(0, keep);
}
