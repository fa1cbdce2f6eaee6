// Makes a batch of a list's verdicts final, in one transaction: results, counts, evidence, the charge, the list's progress and the usage.
// Guarantees: a verdict is written and charged once, whoever else writes it; the charges always equal the chargeable results; nothing is
// written for a list that was canceled, or for a chunk that another worker has since claimed.
import { findAllBlocking, hasBlocklist } from '@/lib/blocklist/blocklist';
import { blockedAnswer } from '@/lib/blocklist/rules';
import { captureHold } from '@/lib/credits/holds';
import { recordUsage } from '@/lib/credits/usage';
import { finishJobKey, listCaptureKey, verdictEventKey } from '@/lib/lists/jobs';
import { tellProgress } from '@/lib/lists/end';
import { isUnderWay } from '@/lib/lists/rules/list';
import { type ClaimKey, lockClaimed, setChunkReserved } from '@/lib/lists/store/chunks';
import {
  type FinalRow,
  type GradedRow,
  insertResults,
  listAnswersOfChecks,
  listAnswersOfLists,
  packEvidence,
  type WrittenReason,
} from '@/lib/lists/store/results';
import { changeRun, deleteRetries, type ListRun, listRowsToAsk, lockList, type RowToAsk } from '@/lib/lists/store/run';
import { moveStatus } from '@/lib/lists/store/status';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { BATCH_MAX_ROWS } from '@/lib/platform/limits';
import { enqueue } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { gradeByName } from '@/lib/verdict/name-shape';
import { codeOfGrade, reasonOfCode, unpackFlags } from '@/lib/verdict/verdict';
import { gradeAddresses } from '@/lib/verifications/grading';
import { tellRows } from '@/lib/webhooks/emit';
import { toFinalRow } from './run/ask-row';

export interface RecordResults {
  listId: string;
  run: number;
  /** Whether the list is a test list. */
  test: boolean;
  /** Null for answers from memory, which need no claim. */
  claim: ClaimKey | null;
  /** Whether some of these rows were retries. */
  hadRetries: boolean;
  rows: readonly FinalRow[];
}

/** False if the list or the chunk takes no more results, so that work on it can stop. */
export async function recordResults(scope: Scope, batch: RecordResults): Promise<boolean> {
  if (batch.rows.length === 0) return true;
  const [body, rows] = await Promise.all([packEvidence(batch.rows), gradeRows(scope, batch)]);
  return inTransaction(async (tx) => {
    const list = await lockList(scope, batch.listId, tx);
    if (list?.run !== batch.run || !isUnderWay(list.status)) return false;
    const chunk = batch.claim === null ? { reserved: 0 } : await lockClaimed(batch.claim, tx);
    if (chunk === null) return false;
    const part = list.parts + 1;
    const written = await insertResults(scope, { listId: list.id, part, rows, body }, tx);
    if (batch.hadRetries)
      await deleteRetries(
        list.id,
        batch.rows.map(({ n }) => n),
        tx,
      );
    await book(list, { written, claim: batch.claim, chunk }, tx);
    const told = rows.map(({ n }) => ({ n, sourceKey: verdictEventKey(list.id, list.run, n) }));
    await tellRows(scope, { listId: list.id, test: list.test, rows: told }, tx);
    return true;
  });
}

/** Grades catch-all answers. Answers from memory are graded again, since reports since then count. Test lists have no history. */
async function gradeRows(scope: Scope, { rows, test }: RecordResults): Promise<GradedRow[]> {
  const asked = rows.filter(({ reason }) => reasonOfCode(reason) === 'catch_all');
  const addresses = asked.map(({ email, flags }) => ({ email, isRole: unpackFlags(flags).role === true }));
  const grades = test ? addresses.map(gradeByName) : await gradeAddresses(scope, addresses);
  const gradeOfRow = new Map(asked.map(({ n }, at) => [n, grades[at]]));
  return rows.map((row) => {
    const graded = gradeOfRow.get(row.n);
    return graded ? { ...row, reason: codeOfGrade(graded.grade), gradeBasis: graded.basis } : { ...row, gradeBasis: 0 };
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
  // The credits reserved for these rows are charged now, or given back. Rows that were already written settled theirs then: a batch that is
  // repeated because its first answer got lost must not give back credits that other rows still need.
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
    parts: part,
  };
  await changeRun(list.id, change, tx);
  if (list.status === 'queued') await moveStatus(scope, list.id, { to: 'running' }, tx);
  await tellProgress(list, { processed, now: Date.now() }, tx);
  if (!list.test) {
    const usage = written.map((one) => ({
      apiKeyId: list.apiKeyId,
      source: 'list',
      reason: reasonOfCode(one.reason),
      answers: one.rows,
      credits: one.credits,
    }));
    // For answers from memory no host was asked.
    await recordUsage(scope, { entries: usage, wereAsked: claim !== null }, tx);
  }
  if (processed >= list.unique) await enqueue('finish-list', { listId: list.id }, { jobKey: finishJobKey(list.id) }, tx);
}

/** Answers rows that the workspace's blocklist names, at no charge. Returns the answered rows. Test lists know no blocklist. */
export async function answerFromBlocklist(list: ListRun, rows: readonly number[]): Promise<ReadonlySet<number>> {
  const answered = new Set<number>();
  const scope = { workspaceId: list.workspaceId };
  if (list.test || rows.length === 0 || !(await hasBlocklist(scope))) return answered;
  for (let from = 0; from < rows.length; from += BATCH_MAX_ROWS) {
    const { blocked } = await splitBlocked(scope, await listRowsToAsk(list.id, rows.slice(from, from + BATCH_MAX_ROWS)));
    const batch = { listId: list.id, run: list.run, test: false, claim: null, hadRetries: false, rows: blocked };
    if (!(await recordResults(scope, batch))) break;
    for (const { n } of blocked) answered.add(n);
  }
  return answered;
}

/** In one look-up: the rows that the blocklist names, with their answer, and those that have to be asked about. */
export async function splitBlocked(
  scope: Scope,
  rows: readonly RowToAsk[],
): Promise<{ blocked: FinalRow[]; open: readonly RowToAsk[] }> {
  const entries = await findAllBlocking(
    scope,
    rows.map(({ email }) => email),
  );
  if (entries.size === 0) return { blocked: [], open: rows };
  const blocked = rows.flatMap((row) => {
    const entry = entries.get(row.email);
    return entry === undefined ? [] : [toFinalRow({ ...row, evidence: [] }, blockedAnswer(row.email, entry), false)];
  });
  return { blocked, open: rows.filter(({ email }) => !entries.has(email)) };
}

/**
 * Answers rows from the workspace's memory of the last day, at no charge. Verdict and evidence are copied and keep their date. Returns
 * the answered rows. Test lists have no memory.
 */
export async function answerFromMemory(list: ListRun, rows: readonly number[]): Promise<ReadonlySet<number>> {
  const answered = new Set<number>();
  if (list.test || rows.length === 0) return answered;
  const scope = { workspaceId: list.workspaceId };
  for (let from = 0; from < rows.length; from += BATCH_MAX_ROWS) {
    const some = rows.slice(from, from + BATCH_MAX_ROWS);
    const [ofLists, ofChecks] = await Promise.all([
      listAnswersOfLists(scope, list.id, some),
      listAnswersOfChecks(scope, list.id, some),
    ]);
    const known = newest([...ofLists, ...ofChecks]);
    const batch = { listId: list.id, run: list.run, test: false, claim: null, hadRetries: false, rows: known };
    if (!(await recordResults(scope, batch))) break;
    for (const { n } of known) answered.add(n);
  }
  return answered;
}

function newest(found: readonly FinalRow[]): FinalRow[] {
  const byRow = new Map<number, FinalRow>();
  for (const row of found) {
    const other = byRow.get(row.n);
    if (!other || (row.checkedAt?.getTime() ?? 0) > (other.checkedAt?.getTime() ?? 0)) byRow.set(row.n, row);
  }
  return [...byRow.values()];
}
