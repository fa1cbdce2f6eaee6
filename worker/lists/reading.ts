// How the reading of a file ends: its list is ready and starts where that was asked for, waits for its column, fails, or is
// read later. Promises to change nothing where the list is in another status by now. Refuses rows that the plan's storage has no
// room for.
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
import { emitEvent } from '@/lib/webhooks/emit';
import { toListEndedData } from '@/lib/webhooks/event-data';

export type FinishedReading = Omit<ReadyList, 'knownRecent'> & { encoding: string | null };

/**
 * `ended`: nobody waits for it any more; `overflow`: it does not fit, and the sentence says why. The caller deletes its rows
 * then.
 */
export type EndOfReading = { kind: 'ready' | 'ended' } | { kind: 'overflow'; detail: string };

/**
 * For a file whose rows are all written: counts what the workspace knows already, then makes the list ready. A list that
 * started does not need its file any more.
 */
export async function finishReading(list: IntakeList, read: FinishedReading): Promise<EndOfReading> {
  const scope = { workspaceId: list.workspaceId };
  // Takes seconds for a large list, so it stays outside the transaction.
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

const NOTHING = { deliverable: 0, undeliverable: 0, risky: 0, unknown: 0 };

/**
 * The file never came, could not be read, or has no column that anybody chose: the reason, a sentence, and the event. The file
 * is not kept. True when this call failed it.
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
      counts: NOTHING,
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
 * No column holds addresses, or not the one that was asked for: the list is ready except for its column. It keeps the file for
 * a day, so that its owner can choose one without another upload; until then nothing starts.
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

/** Null where the list does not wait to be read. */
export async function findFileSize(listId: string): Promise<number | null> {
  const list = await findIntakeOfTask(listId);
  return list?.status === 'parsing' ? list.sizeBytes : null;
}

/** For a file that can't be read right now. */
export const readLater = ({ listId, sizeBytes, at }: ReadLater): Promise<void> =>
  inTransaction((tx) => enqueueReading({ id: listId, sizeBytes }, tx, at));
