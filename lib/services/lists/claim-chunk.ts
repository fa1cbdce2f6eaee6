// Takes the fairest open chunk for a worker and reserves what it may charge from its list's hold, in one transaction. Promises that
// captured and reserved never exceed the hold: a chunk that the rest can't pay for is cut.
import {
  deleteChunk,
  insertChunks,
  lockOpenChunk,
  pickChunk,
  takeChunk,
  type ClaimKey,
  type OpenChunk,
  type PickedChunk,
} from '@/lib/data/list-chunks';
import { announceLists, changeList, lockList, type ListRun } from '@/lib/data/list-run';
import { inTransaction, type Tx } from '@/lib/data/transaction';
import type { ChunkLane } from '@/lib/domain/list';
import type { Scope } from '@/lib/data/scope';
import { payForChunk } from './pay-for-chunk';

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
  const paid = await payForChunk(list, chunk, tx);
  if (paid === null) return 'look again';
  const { rows, reserved, rest } = paid;
  await leaveRest(list, { picked, chunk, rest }, tx);
  const key = { listId: list.id, run: list.run, no: picked.no, claimId };
  await takeChunk(key, { rows, reserved }, tx);
  await changeList(scope, list.id, { reserved: { increment: reserved }, state: 'running' }, tx);
  if (list.state === 'queued') await announceLists([list.id], tx);
  return { ...key, scope, lane: chunk.lane, hostKey: chunk.hostKey, test: list.test, rows, startedAt: list.startedAt };
}

interface Left {
  picked: PickedChunk;
  chunk: OpenChunk;
  rest: readonly number[];
}

/** Rows that were not paid for become a chunk of their own. */
async function leaveRest(list: ListRun, { picked, chunk, rest }: Left, tx: Tx): Promise<void> {
  if (rest.length === 0) return;
  const { hostKey, lane, notBefore } = chunk;
  const { listId, run } = picked;
  await insertChunks({ listId, run, afterNo: list.chunks }, [{ rows: rest, hostKey, lane, notBefore }], tx);
  await changeList({ workspaceId: list.workspaceId }, list.id, { chunks: { increment: 1 } }, tx);
}
