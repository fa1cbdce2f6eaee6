// A list while its file is taken in: made, received, read, ready. Everything that changes its state or its file takes its lock first,
// as the run does. Promises that nothing is written to a list that is in another state than the caller thinks.
import type { JsonValue } from '@/lib/domain/layer';
import {
  isListState,
  LIST_FORMATS,
  START_MODES,
  type ListFormat,
  type ListSource,
  type ListState,
  type StartMode,
} from '@/lib/domain/list';
import type { ListColumn } from '@/lib/domain/list-view';
import type { RowCounts } from '@/lib/domain/sort-rows';
import { db, type Tx } from './_client';
import { Prisma } from './_prisma/client';
import type { Scope } from './scope';
import { toJsonText } from './verification-json';

export interface IntakeList {
  id: string;
  workspaceId: string;
  source: string;
  state: ListState;
  test: boolean;
  name: string;
  fileName: string | null;
  format: ListFormat | null;
  sizeBytes: number;
  receivedBytes: number;
  startOnReady: boolean;
  startMode: StartMode | null;
  creditCap: number | null;
  hasHeader: boolean | null;
  columns: number;
  emailColumn: number | null;
}

interface Raw extends Omit<IntakeList, 'state' | 'format' | 'sizeBytes' | 'receivedBytes' | 'startMode'> {
  state: string;
  format: string | null;
  sizeBytes: bigint;
  receivedBytes: bigint;
  startMode: string | null;
}

const COLUMNS = Prisma.sql`"id", "workspaceId", "source", "state", "test", "name", "fileName", "format", "sizeBytes", "receivedBytes",
  "startOnReady", "startMode", "creditCap", "hasHeader", jsonb_array_length("columns") AS "columns", "emailColumn"`;

function toIntake(row: Raw): IntakeList {
  if (!isListState(row.state)) throw new Error(`the list ${row.id} has no known state`);
  return {
    ...row,
    state: row.state,
    format: LIST_FORMATS.find((format) => format === row.format) ?? null,
    sizeBytes: Number(row.sizeBytes),
    receivedBytes: Number(row.receivedBytes),
    startMode: START_MODES.find((mode) => mode === row.startMode) ?? null,
  };
}

export async function findIntake({ workspaceId }: Scope, id: string): Promise<IntakeList | null> {
  const rows = await db().$queryRaw<Raw[]>`SELECT ${COLUMNS} FROM "List" WHERE "id" = ${id} AND "workspaceId" = ${workspaceId}`;
  return rows[0] ? toIntake(rows[0]) : null;
}

/** For tasks, which know a list by its id alone. */
export async function findIntakeOfTask(id: string): Promise<IntakeList | null> {
  const rows = await db().$queryRaw<Raw[]>`SELECT ${COLUMNS} FROM "List" WHERE "id" = ${id}`;
  return rows[0] ? toIntake(rows[0]) : null;
}

/** Its row is locked until the transaction ends. */
export async function lockIntake({ workspaceId }: Scope, id: string, tx: Tx): Promise<IntakeList | null> {
  const rows = await tx.$queryRaw<Raw[]>`
    SELECT ${COLUMNS} FROM "List" WHERE "id" = ${id} AND "workspaceId" = ${workspaceId} FOR UPDATE`;
  return rows[0] ? toIntake(rows[0]) : null;
}

/** How many lists of a workspace are under way, none being added meanwhile by another transaction that counts them. */
export async function countListsUnderWay({ workspaceId }: Scope, tx: Tx): Promise<number> {
  await tx.$queryRaw`SELECT "id" FROM "Workspace" WHERE "id" = ${workspaceId} FOR NO KEY UPDATE`;
  return tx.list.count({ where: { workspaceId, state: { in: ['uploading', 'parsing', 'queued', 'running'] } } });
}

export interface NewList {
  id: string;
  source: ListSource;
  name: string;
  fileName: string | null;
  sizeBytes: number;
  policy: string | null;
  retentionDays: number;
  startOnReady: boolean;
  startMode: StartMode | null;
  creditCap: number | null;
  metadata: JsonValue;
  test: boolean;
  createdById: string | null;
  apiKeyId: string | null;
}

/** False where there is a list of this id. The policy is the workspace's own where none is given. */
export async function insertList({ workspaceId }: Scope, list: NewList, tx: Tx): Promise<boolean> {
  const added = await tx.$executeRaw`
    INSERT INTO "List" ("id", "workspaceId", "source", "name", "fileName", "sizeBytes", "policy", "retentionDays", "startOnReady",
      "startMode", "creditCap", "metadata", "test", "createdById", "apiKeyId", "createdAt", "updatedAt")
    SELECT ${list.id}, w."id", ${list.source}, ${list.name}, ${list.fileName}, ${list.sizeBytes}::bigint,
      COALESCE(${list.policy}, w."policy"), ${list.retentionDays}::int, ${list.startOnReady}, ${list.startMode}, ${list.creditCap}::int,
      ${list.metadata === null ? null : toJsonText(list.metadata)}::jsonb, ${list.test}, ${list.createdById}, ${list.apiKeyId},
      timezone('UTC', now()), timezone('UTC', now())
    FROM "Workspace" w WHERE w."id" = ${workspaceId}
    ON CONFLICT ("id") DO NOTHING`;
  return added === 1;
}

export type IntakeChange = Pick<
  Prisma.ListUpdateManyMutationInput,
  | 'state'
  | 'encoding'
  | 'sizeBytes'
  | 'receivedBytes'
  | 'parsedBytes'
  | 'hasHeader'
  | 'emailColumn'
  | 'rows'
  | 'startOnReady'
  | 'failureDetail'
>;

/** Call it with the list locked. */
export async function changeIntake({ workspaceId }: Scope, id: string, change: IntakeChange, tx: Tx): Promise<void> {
  await tx.list.updateMany({ where: { id, workspaceId }, data: { ...change, updatedAt: new Date() } });
}

/** A list that never got its file. */
export async function dropUpload({ workspaceId }: Scope, id: string, tx: Tx): Promise<void> {
  await tx.list.deleteMany({ where: { id, workspaceId, state: 'uploading' } });
}

/** What the beginning of a file tells of the whole. */
export interface FileFacts {
  format: ListFormat;
  encoding: string | null;
  delimiter: string | null;
  columns: readonly ListColumn[];
}

export interface ReadList {
  counts: RowCounts;
  knownRecent: number;
  maxCredits: number;
  emailColumn: number;
  hasHeader: boolean;
}

/** From `parsing` to `ready`, with everything that was counted. Call it with the list locked. */
export async function writeQuote({ workspaceId }: Scope, id: string, read: ReadList, tx: Tx): Promise<void> {
  const { rows, unique, exactDuplicates, canonicalDuplicates, syntaxInvalid, rejected } = read.counts;
  const { knownRecent, maxCredits, emailColumn, hasHeader } = read;
  const counts = { rows, unique, exactDuplicates, canonicalDuplicates, syntaxInvalid, rejected, knownRecent, maxCredits };
  await tx.list.updateMany({
    where: { id, workspaceId, state: 'parsing' },
    data: { ...counts, emailColumn, hasHeader, state: 'ready', failureDetail: null, updatedAt: new Date() },
  });
}

/** False where nobody waits for this file any more. */
export async function writeFileFacts(id: string, facts: FileFacts, tx: Tx = db()): Promise<boolean> {
  const { count } = await tx.list.updateMany({
    where: { id, state: 'parsing' },
    data: { ...facts, columns: facts.columns.map((column) => ({ ...column })), updatedAt: new Date() },
  });
  return count === 1;
}

/** Says how far the reading is, to whoever watches. False where nobody waits for this file any more. */
export async function writeProgress(id: string, progress: { parsedBytes: number; rows: number }): Promise<boolean> {
  const told = await db().$queryRaw<unknown[]>`
    WITH changed AS (
      UPDATE "List" SET "parsedBytes" = ${progress.parsedBytes}::bigint, "rows" = ${progress.rows}::int,
        "updatedAt" = timezone('UTC', now())
      WHERE "id" = ${id} AND "state" = 'parsing' RETURNING "id"
    )
    SELECT pg_notify('list', json_build_object('id', "id")::text)::text AS "sent" FROM changed`;
  return told.length === 1;
}

export interface StuckIntake {
  id: string;
  workspaceId: string;
  state: 'uploading' | 'parsing';
  /** Its job failed for the last time. */
  hasFailed: boolean;
}

/** Uploads without a part for so long, and files whose reading has no job or one that failed for good. */
export function listStuckIntakes(take: number, abandonedAfterMs: number): Promise<StuckIntake[]> {
  return db().$queryRaw<StuckIntake[]>`
    SELECT l."id", l."workspaceId", l."state", j."id" IS NOT NULL AS "hasFailed" FROM "List" l
    LEFT JOIN graphile_worker.jobs j ON j."key" = 'ingest:' || l."id"
    WHERE (l."state" = 'uploading' AND l."updatedAt" < timezone('UTC', now()) - make_interval(secs => ${abandonedAfterMs / 1_000}))
      OR (l."state" = 'parsing' AND (j."id" IS NULL OR (j."attempts" >= j."max_attempts" AND j."locked_at" IS NULL)))
    ORDER BY l."id" LIMIT ${take}`;
}
