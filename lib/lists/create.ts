// Creates lists: checks the requested settings, makes room in the plan's storage, and reads batches that came as JSON. Two lists created
// at the same time never take the same room, because every check that decides holds the storage lock. Stored lists are never touched,
// except that old test lists expire to make room for new ones: a workspace over its plan loses nothing and can add nothing. Once a list
// has been read it counts as fitting, whichever column is chosen later. Refuses invalid names, retention periods and start options, and
// lists that the workspace has no room for.
import { planOf } from '@/lib/accounts/rules/plans';
import { refusedAfterRollback } from '@/lib/credits/holds';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import {
  BATCH_MAX_EMAILS,
  LIST_NAME_MAX_CHARS,
  LIST_RETENTION_DAYS,
  LIST_ROWS_MAX,
  LISTS_AT_WORK_A_WORKSPACE,
  METADATA_MAX_BYTES,
  TEST_LIST_RETENTION_DAYS,
  TEST_LIST_ROWS_MAX,
  TEST_LISTS_A_WORKSPACE,
} from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import type { JsonValue } from '@/lib/verdict/evidence';
import type { PolicyName } from '@/lib/verdict/verdict';
import { expireList } from './keep';
import { getList } from './read';
import { makeReady } from './reading';
import { type AskedColumn, findCapProblem, type ListSource, type StartMode } from './rules/list';
import { RowSorter } from './rules/rows';
import { findStorageProblem, storageLeft, type StorageNeed, TEST_LISTS_PROBLEM } from './rules/storage';
import type { ListView } from './rules/view';
import { countListsUnderWay, insertList, type IntakeList, lockIntake, type NewList, writeFileFacts } from './store/intake';
import { countKnownRows, insertRows } from './store/rows';
import { lockList } from './store/run';
import { moveStatus } from './store/status';
import { countTestLists, findOldestTestList, lockStorage, sumStored } from './store/upkeep';

export interface ListSettings {
  name?: string | null | undefined;
  /** The workspace's policy if left out. */
  policy?: PolicyName | null | undefined;
  retentionDays?: number | null | undefined;
  /** Starts automatically once it is read. */
  start?: { mode: StartMode; creditCap?: number | null | undefined } | null | undefined;
  /**
   * The address column, by its name or its number from 1, and whether the first row names the columns. Both are detected if left
   * out.
   */
  emailColumn?: AskedColumn | null | undefined;
  hasHeader?: boolean | null | undefined;
  metadata?: JsonValue | undefined;
  /** Created with a test key. */
  test: boolean;
  createdById?: string | null | undefined;
  apiKeyId?: string | null | undefined;
  /** Chosen by a caller that must find the list again after a crash. The same id is never created twice. */
  listId?: string | null | undefined;
}

export interface ListToMake {
  source: ListSource;
  settings: ListSettings;
  fallbackName: string;
  fileName?: string | null;
  sizeBytes?: number;
  /** What it needs of the plan's storage; the size of its file if left out. */
  need?: StorageNeed;
}

/** Everything the creator decides; the plan adds the rest. */
type ListDraft = Omit<NewList, 'unstartedDays'> & { need: StorageNeed };

const UNSTORABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** The stored form of a name: one line, trimmed. */
const onOneLine = (text: string): string => text.replace(UNSTORABLE, ' ').replace(/\s+/g, ' ').trim();

/** A list without a name takes the fallback name. Lists of test keys are kept for a day, whatever retention is requested. */
export function toNewList({
  source,
  settings,
  fallbackName,
  fileName = null,
  sizeBytes = 0,
  need = { rows: null, bytes: sizeBytes },
}: ListToMake): Result<ListDraft> {
  const fields = findProblems(settings);
  if (Object.keys(fields).length > 0) return fail('invalid_request', { fields });
  const given = onOneLine(settings.name ?? '');
  return ok({
    id: settings.listId ?? newId('list'),
    source,
    name: given || onOneLine(fallbackName).slice(0, LIST_NAME_MAX_CHARS) || 'A list',
    fileName: fileName === null ? null : plainFileName(fileName),
    sizeBytes,
    policy: settings.policy ?? null,
    retentionDays: settings.test ? TEST_LIST_RETENTION_DAYS : (settings.retentionDays ?? LIST_RETENTION_DAYS.default),
    startOnReady: Boolean(settings.start),
    startMode: settings.start?.mode ?? null,
    creditCap: settings.start?.creditCap ?? null,
    metadata: settings.metadata ?? null,
    test: settings.test,
    createdById: settings.createdById ?? null,
    apiKeyId: settings.apiKeyId ?? null,
    askedColumn: onOneLine(String(settings.emailColumn ?? '')) || null,
    hasHeader: settings.hasHeader ?? null,
    need,
  });
}

const FILE_NAME_MAX_CHARS = 255;

/** Without the folders that some browsers and programs send along. */
export const plainFileName = (name: string): string =>
  onOneLine(name.split(/[\\/]/).at(-1) ?? '').slice(-FILE_NAME_MAX_CHARS) || 'file';

function findProblems({ name, retentionDays, start, metadata }: ListSettings): Record<string, string> {
  const { min, max } = LIST_RETENTION_DAYS;
  const days = retentionDays ?? min;
  const capProblem = findCapProblem(start?.creditCap ?? null, start?.mode ?? 'until_empty');
  return {
    ...(onOneLine(name ?? '').length > LIST_NAME_MAX_CHARS && { name: `must have at most ${LIST_NAME_MAX_CHARS} characters` }),
    ...(!(Number.isSafeInteger(days) && days >= min && days <= max) && {
      retention_days: `must be a whole number from ${min} to ${max}`,
    }),
    ...(capProblem !== null && { credit_cap: capProblem }),
    ...(Buffer.byteLength(JSON.stringify(metadata ?? null)) > METADATA_MAX_BYTES && {
      metadata: `must be at most ${METADATA_MAX_BYTES} bytes of JSON`,
    }),
  };
}

/**
 * Checks the number of lists that a workspace may have under way, and its storage. The storage lock is held until the transaction
 * ends. False: a list with this id exists already.
 */
export async function addList(scope: Scope, { need, ...draft }: ListDraft, tx: Tx): Promise<Result<boolean>> {
  const plan = await lockStorage(scope, tx);
  const list = { ...draft, unstartedDays: planOf(plan).unstartedListDays };
  const underWay = await countListsUnderWay(scope, tx);
  if ((await lockIntake(scope, list.id, tx)) !== null) return ok(false);
  if (underWay >= LISTS_AT_WORK_A_WORKSPACE) {
    return fail('limit_reached', {
      detail: `A workspace can upload, read or run at most ${LISTS_AT_WORK_A_WORKSPACE} lists at once.`,
    });
  }
  const room = await makeRoom(scope, { list, need, plan }, tx);
  if (!room.ok) return room;
  return (await insertList(scope, list, tx)) ? ok(true) : fail('conflict');
}

export interface BatchItem {
  email: string;
  ref?: string | null | undefined;
  metadata?: JsonValue | undefined;
}

export interface CreateBatch extends Omit<ListSettings, 'start'> {
  items: readonly BatchItem[];
  /** Starts right away and in full, unless this is false. */
  start?: boolean;
}

const COLUMNS = ['email', 'ref', 'metadata'] as const;

/**
 * A batch has few enough addresses to be read at once, so the list is created, counted and, if requested, started in one
 * transaction. Every item gets an answer, whatever it holds. Its cells are the address, the reference and the metadata. Refuses
 * with 402 if the credits don't cover all of it, and with 403 if the plan has no room; a refused batch leaves nothing behind.
 */
export async function createBatch(scope: Scope, batch: CreateBatch): Promise<Result<ListView>> {
  const { items } = batch;
  if (items.length === 0 || items.length > BATCH_MAX_EMAILS) {
    return fail('invalid_request', { fields: { emails: `must have 1 to ${BATCH_MAX_EMAILS} items` } });
  }
  const settings: ListSettings = { ...batch, start: batch.start === false ? null : { mode: 'full' } };
  const rows = items.map(toCells);
  const need = { rows: rows.length, bytes: rows.reduce((sum, cells) => sum + bytesOf(cells), 0) };
  const list = toNewList({ source: 'api', settings, fallbackName: `Batch of ${items.length}`, need });
  if (!list.ok) return list;
  const { id, apiKeyId } = list.value;
  const made = await inTransaction<Result<null>>(async (tx) => {
    const added = await addList(scope, list.value, tx);
    if (!added.ok) throw added.error;
    if (added.value) await readItems(scope, { listId: id, cells: rows, bytes: need.bytes }, tx);
    return ok(null);
  }).catch((error: unknown) => refusedAfterRollback(scope, error, apiKeyId));
  return made.ok ? getList(scope, id) : made;
}

interface BatchToRead {
  listId: string;
  cells: readonly (readonly string[])[];
  bytes: number;
}

/** Throws a refused start, so that the transaction keeps nothing of the list. */
async function readItems(scope: Scope, { listId, cells: given, bytes }: BatchToRead, tx: Tx): Promise<void> {
  await moveStatus(scope, listId, { to: 'parsing' }, tx);
  const sorter = new RowSorter({ column: 0, takesAnything: true });
  const rows = given.map((cells) => ({ ...sorter.sort(cells), cells }));
  await insertRows(listId, rows, tx);
  const columns = COLUMNS.map((name, at) => ({ name, emailShare: at === 0 ? 1 : 0 }));
  await writeFileFacts(listId, { format: 'json', encoding: null, delimiter: null, columns, preview: [] }, tx);
  const knownRecent = await countKnownRows(scope, listId, tx);
  const refusal = await makeReady(
    scope,
    { listId, counts: { ...sorter.counts, bytes }, knownRecent, emailColumn: 0, hasHeader: true },
    tx,
  );
  if (refusal !== null) throw refusal;
}

const bytesOf = (cells: readonly string[]): number => Buffer.byteLength(cells.join(''));

const toCells = ({ email, ref, metadata }: BatchItem): string[] => [
  email,
  ref ?? '',
  metadata === undefined || metadata === null ? '' : JSON.stringify(metadata),
];

/** Call it with the storage locked, before the list exists. */
export async function makeRoom(
  scope: Scope,
  { list, need, plan }: { list: NewList; need: StorageNeed; plan: string },
  tx: Tx,
): Promise<Result<null>> {
  if (list.test) return makeTestRoom(scope, tx);
  const detail = findStorageProblem(await sumStored(scope, tx), need, plan);
  return detail === null ? ok(null) : fail('quota_exceeded', { detail });
}

/** Expires the oldest test list that has ended, so that programs under test never have to clean up. */
async function makeTestRoom(scope: Scope, tx: Tx): Promise<Result<null>> {
  if ((await countTestLists(scope, tx)) < TEST_LISTS_A_WORKSPACE) return ok(null);
  const oldest = await findOldestTestList(scope, tx);
  const list = oldest === null ? null : await lockList(scope, oldest, tx);
  if (list === null) return fail('quota_exceeded', { detail: TEST_LISTS_PROBLEM });
  await expireList(list, tx);
  return ok(null);
}

/** Why a list's file (as much as has arrived) or its rows do not fit; null if they fit. Call it with the storage locked. */
export async function findOverflow(
  list: Pick<IntakeList, 'id' | 'workspaceId' | 'test' | 'storedRows'>,
  { need, plan }: { need: StorageNeed; plan: string },
  tx: Tx,
): Promise<string | null> {
  if (list.test || list.storedRows > 0) return null;
  return findStorageProblem(await sumStored({ workspaceId: list.workspaceId }, tx, list.id), need, plan);
}

export interface ReadingRoom {
  /** Rows and bytes beyond these are not read at all. */
  rows: number;
  bytes: number;
  /** The product's limit or a test list's limit; a longer list fails with `too_many_rows`. */
  rowsMax: number;
}

/**
 * The most that may be read of a file, by what is stored when reading begins. The check that decides comes at the end of reading.
 */
export async function findReadingRoom({ id, workspaceId, test, storedRows }: IntakeList): Promise<ReadingRoom> {
  const rowsMax = test ? TEST_LIST_ROWS_MAX : LIST_ROWS_MAX;
  if (test || storedRows > 0) return { rows: Infinity, bytes: Infinity, rowsMax };
  const left = await inTransaction(async (tx) => {
    const plan = await lockStorage({ workspaceId }, tx);
    return storageLeft(await sumStored({ workspaceId }, tx, id), plan);
  });
  return { rows: left.rows, bytes: left.bytes, rowsMax };
}

/** Explains why a list that turned out larger than its reading room does not fit. Takes the storage lock. */
export function describeOverflow(list: IntakeList, need: StorageNeed): Promise<string | null> {
  return inTransaction(async (tx) => {
    const plan = await lockStorage({ workspaceId: list.workspaceId }, tx);
    return findOverflow(list, { need, plan }, tx);
  });
}
