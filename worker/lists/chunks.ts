// A worker's turn at a chunk: claims the open chunk that is next in fairness, reserves what it may charge from the list's hold, and leaves
// the chunk afterwards. Guarantees: captured and reserved credits never exceed the hold, since rows that cannot be paid for are split off
// into another chunk; rows that cannot cost anything never wait for credits; a chunk that another worker has since claimed, or whose list
// ended, is left alone.
import { isDecidedBySyntax } from '@/lib/credits/rules/free';
import { checkFreeAnswers } from '@/lib/credits/usage';
import { pauseRun } from '@/lib/lists/pause';
import type { ChunkLane } from '@/lib/lists/rules/list';
import { extendListHold } from '@/lib/lists/start';
import {
  type ClaimKey,
  deleteChunk,
  findWorkLeft,
  insertChunks,
  listEmailsOf,
  lockClaimed,
  lockOpenChunk,
  type NewChunk,
  type OpenChunk,
  pickChunk,
  type PickedChunk,
  reopenChunk,
  SYNTAX_HOST_KEY,
  takeChunk,
} from '@/lib/lists/store/chunks';
import {
  sumReserved,
  announceLists,
  changeRun,
  keepRetries,
  type ListRetry,
  type ListRun,
  lockList,
} from '@/lib/lists/store/run';
import { moveStatus } from '@/lib/lists/store/status';
import { enqueueToken, enqueueTokenAt, enqueueTokens, TOKENS_A_LIST } from '@/lib/lists/jobs';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import type { Scope } from '@/lib/platform/scope';

export interface Claim extends ClaimKey {
  scope: Scope;
  lane: ChunkLane;
  hostKey: string;
  test: boolean;
  rows: readonly number[];
}

export interface ClaimChunk {
  claimId: string;
  /** Chunks at once in one process; the default limit if omitted. */
  slots?: number | undefined;
}

/** How many candidates without available work are tried in one turn; then the next job tries again. */
const LOOKS = 5;

/** Each attempt is one transaction. Null if nothing can be claimed now. */
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
  if (list?.run !== picked.run || (list.status !== 'queued' && list.status !== 'running')) return 'look again';
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
  if (list.status === 'queued') {
    await moveStatus(scope, list.id, { to: 'running' }, tx);
    await announceLists([list.id], tx);
  }
  return { ...key, scope, lane: chunk.lane, hostKey: chunk.hostKey, test: list.test, rows };
}

interface Left {
  picked: PickedChunk;
  chunk: OpenChunk;
  rest: readonly number[];
}

/** Puts rows that were not paid for into a new chunk. */
async function leaveRest(list: ListRun, { picked, chunk, rest }: Left, tx: Tx): Promise<void> {
  if (rest.length === 0) return;
  const { hostKey, lane, notBefore } = chunk;
  const { listId, run } = picked;
  await insertChunks({ listId, run, afterNo: list.chunks }, [{ rows: rest, hostKey, lane, notBefore }], tx);
  await changeRun(list.id, { chunks: { increment: 1 } }, tx);
}

export interface PaidRows {
  rows: readonly number[];
  reserved: number;
  /** Rows that were not paid for. */
  rest: readonly number[];
}

/**
 * Requires locks on list and chunk. A list whose hold is used up holds more credits if there are any, and pauses otherwise. It also
 * pauses when the day's free answers are used up. Null if no row can be paid for: the list waits for its other chunks, or is paused now.
 */
export async function payForChunk(list: ListRun, chunk: OpenChunk, tx: Tx): Promise<PaidRows | null> {
  const { rows } = chunk;
  if (list.test || chunk.hostKey === SYNTAX_HOST_KEY) return { rows, reserved: 0, rest: [] };
  if (!(await checkFreeAnswers({ workspaceId: list.workspaceId }, tx)).ok) {
    await pauseRun(list, 'free_answers_used', tx);
    return null;
  }
  // If the hold is extended, it is extended for the rest of the list.
  const reserved = await sumReserved(list, tx);
  const upTo = list.unique - list.processed - reserved;
  const { left, isAtCap } = await extendListHold(list, { enough: rows.length, upTo, reserved }, tx);
  if (left >= rows.length) return { rows, reserved: rows.length, rest: [] };
  const free = await findFreeRows(list, rows, tx);
  const paid = new Set(rows.filter((n) => !free.has(n)).slice(0, left));
  const kept = rows.filter((n) => free.has(n) || paid.has(n));
  if (kept.length > 0) return { rows: kept, reserved: paid.size, rest: rows.filter((n) => !free.has(n) && !paid.has(n)) };
  if (reserved === 0) await pauseRun(list, isAtCap ? 'cap_reached' : 'out_of_credits', tx);
  return null;
}

/** Rows whose provider cannot have such mailboxes: their verdict is found without asking, at no charge. The quote does not include them. */
async function findFreeRows({ id }: ListRun, rows: readonly number[], tx: Tx): Promise<ReadonlySet<number>> {
  const emails = await listEmailsOf(id, rows, tx);
  return new Set(emails.filter(({ email }) => isDecidedBySyntax(email)).map(({ n }) => n));
}

export interface LeaveChunk {
  claim: ClaimKey;
  hostKey: string;
  retries: readonly ListRetry[];
  /** Rows whose host was too slow for the main lane. */
  slow: readonly number[];
  /** Rows that our own pace left no time for: no host was asked, so they only wait a moment. */
  heldBack: readonly number[];
  lane: ChunkLane;
  now: number;
  /** Rows that were not asked, or whose answer was not awaited. */
  unasked: readonly number[];
}

/**
 * Rows that are due within this time of each other, or within this share of their wait, are retried together when the last of them is due.
 * So a host that is down is tried again once for all rows that failed together, not once for each.
 */
const TOGETHER_MS = 10_000;
const TOGETHER_SHARE = 1 / 10;
const HELD_BACK_MS = 5_000;

/**
 * In one transaction: rows to retry are stored with their state until they are due, rows of slow hosts go to the slow lane, rows that
 * were not asked can be claimed again, and the credits reserved for these rows are given back. False if another worker holds the chunk.
 */
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
    if (chunks.length > 0) await changeRun(list.id, { chunks: { increment: chunks.length } }, tx);
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
    const firstDue = group[0]?.dueAt.getTime();
    if (firstDue !== undefined && retry.dueAt.getTime() - firstDue > Math.max(TOGETHER_MS, (firstDue - now) * TOGETHER_SHARE))
      close();
    group.push(retry);
  }
  close();
  return chunks;
}

/** The wait if nothing could be taken because other work uses all slots. */
const IDLE_MS = 1_000;

/**
 * After a turn, puts the token back in the queue if its list has work that could be taken now; with a delay if nothing could be taken. A
 * list without such work has no tokens; code that creates work for a list also creates tokens.
 */
export async function takeNextTurn(turn: { listId: string; token: number | null; wasIdle: boolean; now: number }): Promise<void> {
  const { listId, token, wasIdle, now } = turn;
  const { open } = await findWorkLeft(listId);
  if (open === 0) return;
  const runAt = wasIdle ? new Date(now + IDLE_MS) : null;
  await inTransaction((tx) => (token === null ? enqueueTokens(listId, tx, open) : enqueueToken({ listId, token, runAt }, tx)));
}
