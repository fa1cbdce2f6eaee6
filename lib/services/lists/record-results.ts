// Makes a batch of a list's verdicts final: results, counts, evidence, the charge, the list's progress and the usage, in one
// transaction. Promises that a verdict is written and charged once, whoever else writes it; that the charges always equal the
// chargeable results; and that nothing is written for a list that was cancelled or a chunk that somebody else holds by now.
import { lockClaimed, setChunkReserved, type ClaimKey } from '@/lib/data/list-chunks';
import { insertResults, packEvidence, type FinalRow, type WrittenReason } from '@/lib/data/list-results';
import { deleteRetries } from '@/lib/data/list-retries';
import { changeList, lockList, type ListRun } from '@/lib/data/list-run';
import type { Scope } from '@/lib/data/scope';
import { inTransaction, type Tx } from '@/lib/data/transaction';
import { addUsage } from '@/lib/data/usage';
import { reasonOfCode } from '@/lib/domain/reason-codes';
import { enqueue } from '@/lib/queue/enqueue';
import { captureHold } from '../ledger/capture-hold';
import { finishJobKey, listCaptureKey } from './list-keys';

export interface RecordResults {
  listId: string;
  run: number;
  /** Null: answers from memory, which nobody had to claim. */
  claim: ClaimKey | null;
  /** Of these rows some waited for their time. */
  hadRetries: boolean;
  rows: readonly FinalRow[];
}

/** False when the list or the chunk takes no results any more: whoever works on it can stop. */
export async function recordResults(scope: Scope, batch: RecordResults): Promise<boolean> {
  if (batch.rows.length === 0) return true;
  const body = await packEvidence(batch.rows);
  return inTransaction(async (tx) => {
    const list = await lockList(scope, batch.listId, tx);
    if (list?.run !== batch.run || !['queued', 'running', 'paused'].includes(list.state)) return false;
    const chunk = batch.claim === null ? { reserved: 0 } : await lockClaimed(batch.claim, tx);
    if (chunk === null) return false;
    const part = list.parts + 1;
    const written = await insertResults(scope, { listId: list.id, part, rows: batch.rows, body }, tx);
    if (batch.hadRetries)
      await deleteRetries(
        list.id,
        batch.rows.map(({ n }) => n),
        tx,
      );
    await book(list, { written, claim: batch.claim, chunk }, tx);
    return true;
  });
}

interface Booking {
  written: readonly WrittenReason[];
  claim: ClaimKey | null;
  chunk: { reserved: number };
}

async function book(list: ListRun, { written, claim, chunk }: Booking, tx: Tx): Promise<void> {
  const scope = { workspaceId: list.workspaceId };
  const rows = written.reduce((sum, one) => sum + one.rows, 0);
  const credits = written.reduce((sum, one) => sum + one.credits, 0);
  // What these rows had reserved is charged now, or given back. Rows that were written before had theirs then: a batch that comes
  // twice, because its first answer got lost, must not give back what others still need.
  const freed = Math.min(chunk.reserved, rows);
  const part = list.parts + 1;
  if (credits > 0) {
    if (list.holdId === null) throw new Error(`the list ${list.id} has nothing to charge`);
    await captureHold(scope, { holdId: list.holdId, amount: credits, sourceKey: listCaptureKey(list.id, list.run, part) }, tx);
  }
  if (claim !== null && freed > 0) await setChunkReserved(claim, chunk.reserved - freed, tx);
  const processed = list.processed + rows;
  const change = {
    processed,
    captured: { increment: credits },
    reserved: { decrement: freed },
    parts: part,
    ...(list.state === 'queued' && { state: 'running' }),
  };
  await changeList(scope, list.id, change, tx);
  if (!list.test) {
    const usage = written.map((one) => ({
      apiKeyId: list.apiKeyId,
      source: 'list',
      reason: reasonOfCode(one.reason),
      answers: one.rows,
      credits: one.credits,
    }));
    await addUsage(scope, usage, tx);
  }
  if (processed >= list.unique) await enqueue('finish-list', { listId: list.id }, { jobKey: finishJobKey(list.id) }, tx);
}
