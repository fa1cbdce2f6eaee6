// A list during intake: created, received, read, ready. Everything that changes its status or its file takes its lock first, as
// the run does. Nothing is written to a list whose status is not the one that the caller expects.
import { z } from 'zod';
import type { JsonValue } from '@/lib/verdict/evidence';
import {
  LIST_FORMATS,
  LIST_SOURCES,
  LIST_STATUSES,
  type ListFormat,
  type ListSource,
  START_MODES,
  type StartMode,
} from '../rules/list';
import type { ListColumn, ListPreviewRow } from '../rules/view';
import type { LoadedCounts } from '../rules/rows';
import { db, type Tx } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { queryRow, queryRows, toJsonText } from '@/lib/platform/db/rows';
import type { Scope } from '@/lib/platform/scope';
import { changeRun, LIST_TABLES } from './run';
import { moveStatus } from './status';

const IntakeRow = z.object({
  id: z.string(),
  workspaceId: z.string(),
  source: z.enum(LIST_SOURCES),
  status: z.enum(LIST_STATUSES),
  test: z.boolean(),
  name: z.string(),
  fileName: z.string().nullable(),
  format: z.enum(LIST_FORMATS).nullable(),
  sizeBytes: z.bigint().transform(Number),
  receivedBytes: z.bigint().transform(Number),
  startOnReady: z.boolean(),
  startMode: z.enum(START_MODES).nullable(),
  creditCap: z.int().nullable(),
  hasHeader: z.boolean().nullable(),
  /** How many columns the file has. */
  columns: z.int(),
  emailColumn: z.int().nullable(),
  /** The address column named with the upload: its name, or its number from 1. */
  askedColumn: z.string().nullable(),
  /** 0 until the file has been read once. */
  storedRows: z.int(),
});
export type IntakeList = z.infer<typeof IntakeRow>;

const COLUMNS = Prisma.sql`l."id", l."workspaceId", l."source", l."status", l."test", l."name", f."fileName", f."format", f."sizeBytes",
  f."receivedBytes", r."startOnReady", r."startMode", r."creditCap", f."hasHeader", jsonb_array_length(f."columns") AS "columns",
  f."emailColumn", f."askedColumn", f."storedRows"`;

export const findIntake = ({ workspaceId }: Scope, id: string): Promise<IntakeList | null> =>
  queryRow(
    IntakeRow,
    Prisma.sql`SELECT ${COLUMNS} FROM ${LIST_TABLES} WHERE l."id" = ${id} AND l."workspaceId" = ${workspaceId}`,
  );

/** For tasks, which know only a list's id. */
export const findIntakeOfTask = (id: string): Promise<IntakeList | null> =>
  queryRow(IntakeRow, Prisma.sql`SELECT ${COLUMNS} FROM ${LIST_TABLES} WHERE l."id" = ${id}`);

/** Locked until the transaction ends: the row of List first, as everywhere, then its file and run. */
export function lockIntake({ workspaceId }: Scope, id: string, tx: Tx): Promise<IntakeList | null> {
  const statement = Prisma.sql`
    SELECT ${COLUMNS} FROM ${LIST_TABLES} WHERE l."id" = ${id} AND l."workspaceId" = ${workspaceId} FOR UPDATE OF l, f, r`;
  return queryRow(IntakeRow, statement, tx);
}

/** How many lists of a workspace are under way. Call it with the storage locked, so that none is added in the meantime. */
export function countListsUnderWay({ workspaceId }: Scope, tx: Tx): Promise<number> {
  return tx.list.count({ where: { workspaceId, status: { in: ['uploading', 'parsing', 'queued', 'running'] } } });
}

export interface NewList {
  id: string;
  source: ListSource;
  name: string;
  fileName: string | null;
  sizeBytes: number;
  policy: string | null;
  retentionDays: number;
  unstartedDays: number;
  startOnReady: boolean;
  startMode: StartMode | null;
  creditCap: number | null;
  metadata: JsonValue;
  test: boolean;
  createdById: string | null;
  apiKeyId: string | null;
  askedColumn: string | null;
  /** Null: to be detected. */
  hasHeader: boolean | null;
}

/** False if a list with this id exists already. A list without a policy takes the workspace's. */
export async function insertList({ workspaceId }: Scope, list: NewList, tx: Tx): Promise<boolean> {
  const added = await tx.$executeRaw`
    WITH made AS (
      INSERT INTO "List" ("id", "workspaceId", "source", "name", "policy", "retentionDays", "unstartedDays", "metadata", "test", "createdById",
        "apiKeyId", "createdAt", "updatedAt")
      SELECT ${list.id}, w."id", ${list.source}, ${list.name}, COALESCE(${list.policy}, w."policy"), ${list.retentionDays}::int,
        ${list.unstartedDays}::int, ${list.metadata === null ? null : toJsonText(list.metadata)}::jsonb, ${list.test}, ${list.createdById},
        ${list.apiKeyId}, timezone('UTC', now()), timezone('UTC', now())
      FROM "Workspace" w WHERE w."id" = ${workspaceId}
      ON CONFLICT ("id") DO NOTHING RETURNING "id"
    ), file AS (
      INSERT INTO "ListFile" ("listId", "fileName", "sizeBytes", "askedColumn", "hasHeader", "updatedAt")
      SELECT "id", ${list.fileName}, ${list.sizeBytes}::bigint, ${list.askedColumn}, ${list.hasHeader}::boolean, timezone('UTC', now())
      FROM made
    )
    INSERT INTO "ListRun" ("listId", "startOnReady", "startMode", "creditCap")
    SELECT "id", ${list.startOnReady}::boolean, ${list.startMode}, ${list.creditCap}::int FROM made`;
  return added === 1;
}

export type FileChange = Pick<
  Prisma.ListFileUpdateManyMutationInput,
  'encoding' | 'sizeBytes' | 'receivedBytes' | 'parsedBytes' | 'hasHeader' | 'emailColumn' | 'rows'
>;

/** Call it with the list locked. */
export async function changeFile(listId: string, change: FileChange, tx: Tx): Promise<void> {
  await tx.listFile.updateMany({ where: { listId }, data: { ...change, updatedAt: new Date() } });
}

/** Deletes a list that never got its whole file. */
export async function dropUpload({ workspaceId }: Scope, id: string, tx: Tx): Promise<void> {
  await tx.list.deleteMany({ where: { id, workspaceId, status: 'uploading' } });
}

/** What the beginning of a file shows about the whole. */
export interface FileFacts {
  format: ListFormat;
  encoding: string | null;
  delimiter: string | null;
  columns: readonly ListColumn[];
  preview: readonly ListPreviewRow[];
}

export interface ReadList {
  counts: LoadedCounts;
  knownRecent: number;
  maxCredits: number;
  emailColumn: number;
  hasHeader: boolean;
}

/** Moves the list from `parsing` to `ready`, with all counts. Call it with the list locked. */
export async function writeQuote({ workspaceId }: Scope, id: string, read: ReadList, tx: Tx): Promise<void> {
  const { rows, unique, exactDuplicates, canonicalDuplicates, syntaxInvalid, rejected, severalAddresses } = read.counts;
  const { knownRecent, maxCredits, emailColumn, hasHeader } = read;
  await moveStatus({ workspaceId }, id, { to: 'ready', failure: null, failureDetail: null }, tx);
  const ofFile = { rows, exactDuplicates, canonicalDuplicates, syntaxInvalid, rejected, severalAddresses, knownRecent };
  await tx.listFile.updateMany({
    where: { listId: id },
    data: { ...ofFile, storedRows: rows, storedBytes: read.counts.bytes, emailColumn, hasHeader, updatedAt: new Date() },
  });
  await changeRun(id, { unique, maxCredits }, tx);
}

/** The row stays locked against a change of status until what is written with it is committed. */
const whileParsing = (id: string): Prisma.Sql =>
  Prisma.sql`SELECT "id" FROM "List" WHERE "id" = ${id} AND "status" = 'parsing' FOR SHARE`;

/** False if the list is no longer being read. */
export async function writeFileFacts(id: string, facts: FileFacts, tx: Tx = db()): Promise<boolean> {
  const { format, encoding, delimiter, columns, preview } = facts;
  const written = await tx.$executeRaw`
    WITH list AS (${whileParsing(id)})
    UPDATE "ListFile" f SET "format" = ${format}, "encoding" = ${encoding}, "delimiter" = ${delimiter},
      "columns" = ${toJsonText(columns)}::jsonb, "preview" = ${toJsonText(preview)}::jsonb, "updatedAt" = timezone('UTC', clock_timestamp())
    FROM list WHERE f."listId" = list."id"`;
  return written === 1;
}

/** Tells watchers how far the reading has come. False if the list is no longer being read. */
export async function writeProgress(id: string, progress: { parsedBytes: number; rows: number }): Promise<boolean> {
  const told = await queryRow(
    z.object({ id: z.string() }),
    Prisma.sql`
    WITH list AS (${whileParsing(id)}), changed AS (
      UPDATE "ListFile" f SET "parsedBytes" = ${progress.parsedBytes}::bigint, "rows" = ${progress.rows}::int,
        "updatedAt" = timezone('UTC', now())
      FROM list WHERE f."listId" = list."id" RETURNING list."id"
    )
    SELECT "id", pg_notify('list', json_build_object('id', "id")::text)::text AS "sent" FROM changed`,
  );
  return told !== null;
}

const StuckIntakeRow = z.object({
  id: z.string(),
  workspaceId: z.string(),
  /** `ready`: it waits for its address column. */
  status: z.enum(['uploading', 'parsing', 'ready']),
  /** Its job has failed for the last time. */
  hasFailed: z.boolean(),
});
export type StuckIntake = z.infer<typeof StuckIntakeRow>;

/**
 * Uploads that got no new part, and lists whose column was not chosen, for this long; and files whose reading has no job, or one
 * that failed.
 */
export const listStuckIntakes = (take: number, abandonedAfterMs: number): Promise<StuckIntake[]> =>
  queryRows(
    StuckIntakeRow,
    Prisma.sql`
    SELECT l."id", l."workspaceId", l."status", j."id" IS NOT NULL AS "hasFailed" FROM "List" l
    JOIN "ListFile" f ON f."listId" = l."id"
    LEFT JOIN graphile_worker.jobs j ON j."key" = 'ingest:' || l."id"
    WHERE ((l."status" = 'uploading' OR (l."status" = 'ready' AND l."failure" IS NOT NULL)) AND GREATEST(l."updatedAt", f."updatedAt") < timezone('UTC', now()) - make_interval(secs => ${abandonedAfterMs / 1_000}))
      OR (l."status" = 'parsing' AND (j."id" IS NULL OR (j."attempts" >= j."max_attempts" AND j."locked_at" IS NULL)))
    ORDER BY l."id" LIMIT ${take}`,
  );
