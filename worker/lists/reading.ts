// How the reading of a file ends: its list is ready (and starts if that was asked for), waits for its column, fails, or is read later.
// Guarantee: nothing changes if the list has left the status in which it is read. Refuses rows for which the plan has no storage left.
import { findOverflow } from '@/lib/lists/create';
import { endList } from '@/lib/lists/end';
import { columnEventKey, listEventKey } from '@/lib/lists/jobs';
import { enqueueReading, makeReady, type ReadyList } from '@/lib/lists/reading';
import type { ListFailure } from '@/lib/lists/rules/list';
import { deleteParts } from '@/lib/lists/store/files';
import { changeFile, findIntakeOfTask, type IntakeList, lockIntake } from '@/lib/lists/store/intake';
import { countKnownRows } from '@/lib/lists/store/rows';
import { announceLists, findListRun, lockList } from '@/lib/lists/store/run';
import { moveStatus } from '@/lib/lists/store/status';
import { lockStorage } from '@/lib/lists/store/upkeep';
import { inTransaction } from '@/lib/platform/db/transaction';
import { siteLink } from '@/lib/platform/mail/compose';
import { zeroCounts } from '@/lib/verdict/verdict';
import { emitEvent } from '@/lib/webhooks/emit';
import { toListEndedData } from '@/lib/webhooks/event-data';

export type FinishedReading = Omit<ReadyList, 'knownRecent'> & { encoding: string | null };

/**
 * `ended`: the list is no longer being read. `overflow`: it does not fit, and `detail` says why. In both cases the caller deletes the rows.
 */
export type EndOfReading = { kind: 'ready' | 'ended' } | { kind: 'overflow'; detail: string };

/**
 * Ends the reading after all rows are written: counts the rows that the workspace already has answers for, then makes the list ready. If
 * the list starts at once, its file is deleted.
 */
export async function finishReading(list: IntakeList, read: FinishedReading): Promise<EndOfReading> {
  const scope = { workspaceId: list.workspaceId };
  // Outside the transaction, because it takes seconds for a large list.
  const knownRecent = list.test ? 0 : await countKnownRows(scope, list.id);
  return inTransaction<EndOfReading>(async (tx) => {
    const plan = await lockStorage(scope, tx);
    const now = await lockIntake(scope, list.id, tx);
    if (now?.status !== 'parsing') return { kind: 'ended' };
    const { listId, counts, emailColumn, hasHeader, encoding } = read;
    const need = { rows: counts.rows, bytes: Math.max(counts.bytes, now.sizeBytes) };
    const detail = await findOverflow(now, { need, plan }, tx);
    if (detail !== null) return { kind: 'overflow', detail };
    await changeFile(list.id, { encoding, parsedBytes: now.receivedBytes }, tx);
    const refusal = await makeReady(scope, { listId, counts, emailColumn, hasHeader, knownRecent }, tx);
    if (now.startOnReady && refusal === null) await deleteParts(list.id, tx);
    return { kind: 'ready' };
  });
}

export interface ReadingFailure {
  failure: ListFailure;
  /** One sentence for people. */
  detail: string;
}

export const OUR_FAULT: ReadingFailure = {
  failure: 'internal_error',
  detail: 'Our own software failed while reading this file. Nothing is charged.',
};

/**
 * Fails a list whose file never came, could not be read, or has no chosen column: records the reason and a sentence, and emits the event.
 * The file is not kept. True if this call failed the list.
 */
export async function failReading(listId: string, { failure, detail }: ReadingFailure): Promise<boolean> {
  const found = await findListRun(listId);
  if (found === null) return false;
  const scope = { workspaceId: found.workspaceId };
  return inTransaction(async (tx) => {
    const list = await lockList(scope, listId, tx);
    if (list === null || !(list.status === 'uploading' || list.status === 'parsing' || list.needsColumn)) return false;
    await endList(list, { status: 'failed', failure, failureDetail: detail }, tx);
    await deleteParts(listId, tx);
    const data = toListEndedData({
      listId: list.id,
      name: list.name,
      status: 'failed',
      total: list.rows,
      counts: zeroCounts(),
      creditsCharged: 0,
      error: detail,
      downloadUrl: siteLink(`/lists/${list.id}`),
    });
    await emitEvent(scope, { type: 'list.failed', sourceKey: listEventKey(list.id, list.run), data, test: list.test }, tx);
    return true;
  });
}

export interface MissingColumn {
  /** One sentence for people. */
  detail: string;
  hasHeader: boolean;
}

const NOTHING_COUNTED = { rows: 0, unique: 0, duplicates: 0, syntax_invalid: 0, max_credits: 0 };

/**
 * For a file in which no column holds addresses, or which lacks the requested column: the list is ready except for its column. It keeps
 * the file for a day, so that its owner can choose a column without another upload; until then nothing starts.
 */
export async function waitForColumn({ id, workspaceId }: IntakeList, { detail, hasHeader }: MissingColumn): Promise<void> {
  const scope = { workspaceId };
  await inTransaction(async (tx) => {
    const list = await lockIntake(scope, id, tx);
    if (list?.status !== 'parsing') return;
    await moveStatus(scope, id, { to: 'ready', failure: 'no_email_column', failureDetail: detail }, tx);
    await changeFile(id, { hasHeader, emailColumn: null, rows: 0, parsedBytes: list.receivedBytes }, tx);
    const data = {
      list_id: id,
      name: list.name,
      status: 'ready',
      failure: { code: 'no_email_column', detail },
      quote: NOTHING_COUNTED,
      url: siteLink(`/lists/${id}`),
    } as const;
    await emitEvent(scope, { type: 'list.ready', sourceKey: columnEventKey(id), data, test: list.test }, tx);
    await announceLists([id], tx);
  });
}

export interface ReadLater {
  listId: string;
  sizeBytes: number;
  at: Date;
}

/** Null if the list is not waiting to be read. */
export async function findFileSize(listId: string): Promise<number | null> {
  const list = await findIntakeOfTask(listId);
  return list?.status === 'parsing' ? list.sizeBytes : null;
}

/** Schedules a file that cannot be read right now. */
export const readLater = ({ listId, sizeBytes, at }: ReadLater): Promise<void> =>
  inTransaction((tx) => enqueueReading({ id: listId, sizeBytes }, tx, at));
