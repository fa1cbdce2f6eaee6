// Reserves what a chunk may charge from its list's hold, in the caller's transaction with list and chunk locked. Promises that captured
// and reserved never exceed the hold: rows that it can't pay for stay behind, and a list whose last credit is spent takes more where
// there are some, else pauses. Rows that can't cost anything never wait for credits.
import { listEmailsOf, SYNTAX_HOST_KEY, type OpenChunk } from '@/lib/data/list-chunks';
import { announceLists, changeList, type ListRun } from '@/lib/data/list-run';
import type { Tx } from '@/lib/data/transaction';
import { parseAddress } from '@/lib/domain/address';
import { findProviderSyntaxProblem } from '@/lib/domain/provider-syntax';
import { extendListHold } from './extend-list-hold';

export interface PaidRows {
  rows: readonly number[];
  reserved: number;
  /** Not paid for. */
  rest: readonly number[];
}

/** Null where none can be paid for: the list waits for its own chunks, or is paused now. */
export async function payForChunk(list: ListRun, chunk: OpenChunk, tx: Tx): Promise<PaidRows | null> {
  const { rows } = chunk;
  if (list.test || chunk.hostKey === SYNTAX_HOST_KEY) return { rows, reserved: 0, rest: [] };
  // For the whole rest of the list once it takes more at all.
  const upTo = list.unique - list.processed - list.reserved;
  const { left, isAtCap } = await extendListHold(list, { enough: rows.length, upTo }, tx);
  if (left >= rows.length) return { rows, reserved: rows.length, rest: [] };
  const free = await findFreeRows(list, rows, tx);
  const paid = new Set(rows.filter((n) => !free.has(n)).slice(0, left));
  const kept = rows.filter((n) => free.has(n) || paid.has(n));
  if (kept.length > 0) return { rows: kept, reserved: paid.size, rest: rows.filter((n) => !free.has(n) && !paid.has(n)) };
  if (list.reserved === 0) {
    const pauseReason = isAtCap ? 'cap_reached' : 'out_of_credits';
    await changeList({ workspaceId: list.workspaceId }, list.id, { state: 'paused', pauseReason }, tx);
    await announceLists([list.id], tx);
  }
  return null;
}

/** Their provider has no such mailboxes: the verdict is found without asking, for nothing. The quote left them out. */
async function findFreeRows({ id }: ListRun, rows: readonly number[], tx: Tx): Promise<ReadonlySet<number>> {
  const emails = await listEmailsOf(id, rows, tx);
  return new Set(emails.filter(({ email }) => isFree(email)).map(({ n }) => n));
}

function isFree(email: string): boolean {
  const parsed = parseAddress(email);
  return parsed.ok && findProviderSyntaxProblem(parsed.address) !== null;
}
