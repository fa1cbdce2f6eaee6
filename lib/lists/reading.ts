// How a list's file gets read: it is given to the worker, once more when another column is chosen, and the list becomes ready
// with its quote when its rows are written. Small files come before large ones, so that a short list never waits behind a long
// one. Refuses another column for a list that is not ready or whose file is no longer kept, and columns that the file does not
// have.
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { type AppError, fail, ok, type Result } from '@/lib/platform/errors';
import { SMALL_FILE_MAX_BYTES } from '@/lib/platform/limits';
import { siteLink } from '@/lib/platform/mail/compose';
import { enqueue } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { emitEvent } from '@/lib/webhooks/emit';
import { ingestJobKey, readyEventKey } from './jobs';
import { getList, statusConflict } from './read';
import { findCapProblem, type StartMode } from './rules/list';
import type { ListView } from './rules/view';
import { beginRun } from './start';
import { listParts } from './store/files';
import { changeFile, type FileChange, type IntakeList, lockIntake, type ReadList, writeQuote } from './store/intake';
import { announceLists, changeList, changeRun, lockList, type RunChange } from './store/run';
import { moveStatus } from './store/status';

export interface ListToRead {
  id: string;
  workspaceId: string;
  sizeBytes: number;
}

export interface ChangesOfReading {
  file: FileChange;
  run?: RunChange;
}

/** Call it with the list locked. */
export async function beginReading(list: ListToRead, { file, run }: ChangesOfReading, tx: Tx): Promise<void> {
  const scope = { workspaceId: list.workspaceId };
  await moveStatus(scope, list.id, { to: 'parsing', failure: null, failureDetail: null }, tx);
  await changeFile(list.id, { parsedBytes: 0, rows: 0, ...file }, tx);
  if (run) await changeRun(list.id, run, tx);
  await enqueueReading(list, tx);
  await announceLists([list.id], tx);
}

export async function enqueueReading(
  { id, sizeBytes }: Pick<ListToRead, 'id' | 'sizeBytes'>,
  tx: Tx,
  runAt?: Date,
): Promise<void> {
  const priority = sizeBytes <= SMALL_FILE_MAX_BYTES ? 'retry' : 'bulk';
  const options = { jobKey: ingestJobKey(id), priority, ...(runAt && { runAt }) } as const;
  await enqueue('ingest-list', { listId: id }, options, tx);
}

export const NO_SUCH_COLUMN = 'must be the name or the number (from 1) of a column of the file';

export interface ChosenColumn {
  /** From 0. */
  emailColumn: number;
  hasHeader: boolean;
  /** Starts the list once it is read. If left out, somebody looks at the numbers first and starts it. */
  start?: { mode: StartMode; creditCap: number | null };
}

/**
 * Reads the file again, with another address column or another reading of its first row. With `start`, the list starts as soon as
 * it is read.
 */
export async function chooseColumn(scope: Scope, listId: string, chosen: ChosenColumn): Promise<Result<ListView>> {
  const { emailColumn, hasHeader, start } = chosen;
  const moved = await inTransaction<Result<null>>(async (tx) => {
    const list = await lockIntake(scope, listId, tx);
    if (list === null) return fail('not_found');
    if (list.status !== 'ready') return statusConflict(list.status, 'read again');
    if (!Number.isSafeInteger(emailColumn) || emailColumn < 0 || emailColumn >= list.columns) {
      return fail('invalid_request', { fields: { email_column: NO_SUCH_COLUMN } });
    }
    const capProblem = start === undefined ? null : findCapProblem(start.creditCap, start.mode);
    if (capProblem !== null) return fail('invalid_request', { fields: { credit_cap: capProblem } });
    if (list.emailColumn === emailColumn && list.hasHeader === hasHeader) return ok(null);
    if ((await listParts(listId, tx)).length === 0) {
      return fail('list_status_conflict', { detail: 'The file is no longer stored. Upload it again to choose another column.' });
    }
    const run =
      start === undefined ? { startOnReady: false } : { startOnReady: true, startMode: start.mode, creditCap: start.creditCap };
    await beginReading(list, { file: { emailColumn, hasHeader }, run }, tx);
    return ok(null);
  });
  return moved.ok ? getList(scope, listId) : moved;
}

export interface ReadyList extends Omit<ReadList, 'maxCredits'> {
  listId: string;
}

/**
 * The end of reading: the quote, the event, and the start if one was requested. Call it with the list locked and its rows
 * written. A list that can't start stays ready and says why; the refusal is returned.
 */
export async function makeReady(scope: Scope, read: ReadyList, tx: Tx): Promise<AppError | null> {
  const { listId, counts, knownRecent } = read;
  const list = await lockIntake(scope, listId, tx);
  if (list?.status !== 'parsing') throw new Error(`the list ${listId} is not being read`);
  const maxCredits = list.test ? 0 : Math.max(0, counts.unique - counts.syntaxInvalid - knownRecent);
  await writeQuote(scope, listId, { ...read, maxCredits }, tx);
  await tell(list, { ...read, maxCredits }, tx);
  await announceLists([listId], tx);
  return list.startOnReady ? startNow(scope, list, tx) : null;
}

async function tell(list: IntakeList, { counts, maxCredits }: ReadList, tx: Tx): Promise<void> {
  const quote = {
    rows: counts.rows,
    unique: counts.unique,
    duplicates: counts.exactDuplicates + counts.canonicalDuplicates,
    syntax_invalid: counts.syntaxInvalid,
    max_credits: maxCredits,
  };
  const data = {
    list_id: list.id,
    name: list.name,
    status: 'ready',
    failure: null,
    quote,
    url: siteLink(`/lists/${list.id}`),
  } as const;
  const event = { type: 'list.ready', sourceKey: readyEventKey(list.id), data, test: list.test } as const;
  await emitEvent({ workspaceId: list.workspaceId }, event, tx);
}

async function startNow(scope: Scope, { id, startMode, creditCap }: IntakeList, tx: Tx): Promise<AppError | null> {
  const run = await lockList(scope, id, tx);
  if (run === null) return null;
  const begun = await beginRun(run, { need: run.maxCredits, mode: startMode ?? 'full', creditCap }, tx);
  if (begun.ok) return null;
  await changeList(scope, id, { failureDetail: begun.error.message }, tx);
  return begun.error;
}
