// A list while it runs: its row under lock, what changes of it, and the rows it asks again. Everything that touches a list's
// money or chunks takes this lock first, then the hold, then the balance, so that the order is the same everywhere.
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db, type Tx } from '@/lib/platform/db/client';
import type { Scope } from '@/lib/platform/scope';
import type { Evidence } from '@/lib/verdict/evidence';
import type { GreylistTriplet } from '@/lib/verdict/mail-host';
import { parseEvidence, parseTriplet } from '@/lib/verdict/stored';
import { toJsonText } from '@/lib/platform/storable-text';
import {
  isListStatus,
  type ListStatus,
  PAUSE_REASONS,
  type PauseReason,
  START_MODES,
  type StartMode,
  WAITING_REASONS,
  type WaitingReason,
} from '../rules/list';

export interface ListRun {
  id: string;
  workspaceId: string;
  apiKeyId: string | null;
  name: string;
  source: string;
  status: ListStatus;
  pauseReason: PauseReason | null;
  test: boolean;
  rows: number;
  unique: number;
  maxCredits: number;
  run: number;
  startMode: StartMode | null;
  creditCap: number | null;
  holdId: string | null;
  /** What chunks under way may still charge from the hold. */
  reserved: number;
  processed: number;
  captured: number;
  isPlanned: boolean;
  plannedRun: number;
  chunks: number;
  parts: number;
  retentionDays: number;
  startedAt: Date | null;
  /** Since when it waits for credits. */
  pausedAt: Date | null;
  /** The rows are gone. */
  isPurged: boolean;
  /** It is ready except for its column. */
  needsColumn: boolean;
}

const COLUMNS = Prisma.sql`"id", "workspaceId", "apiKeyId", "name", "source", "status", "pauseReason", "test", "rows", "unique", "maxCredits",
  "run", "startMode", "creditCap", "holdId", "reserved", "processed", "captured", "isPlanned", "plannedRun", "chunks", "parts",
  "retentionDays", "startedAt", "pausedAt", "rowsDeletedAt" IS NOT NULL AS "isPurged",
  "status" = 'ready' AND "failure" IS NOT NULL AS "needsColumn"`;

type Raw = Omit<ListRun, 'status' | 'pauseReason' | 'startMode'> & {
  status: string;
  pauseReason: string | null;
  startMode: string | null;
};

function toRun(row: Raw): ListRun {
  if (!isListStatus(row.status)) throw new Error(`the list ${row.id} has no known status`);
  return {
    ...row,
    status: row.status,
    pauseReason: PAUSE_REASONS.find((reason) => reason === row.pauseReason) ?? null,
    startMode: START_MODES.find((mode) => mode === row.startMode) ?? null,
  };
}

/** The list, its row locked until the transaction ends; null where the workspace has none of this id. */
export async function lockList({ workspaceId }: Scope, id: string, tx: Tx): Promise<ListRun | null> {
  const rows = await tx.$queryRaw<Raw[]>`
    SELECT ${COLUMNS} FROM "List" WHERE "id" = ${id} AND "workspaceId" = ${workspaceId} FOR UPDATE`;
  return rows[0] ? toRun(rows[0]) : null;
}

/** For tasks, which know a list by its id alone. */
export async function findListRun(id: string): Promise<ListRun | null> {
  const rows = await db().$queryRaw<Raw[]>`SELECT ${COLUMNS} FROM "List" WHERE "id" = ${id}`;
  return rows[0] ? toRun(rows[0]) : null;
}

export type ListChange = Pick<
  Prisma.ListUpdateManyMutationInput,
  | 'status'
  | 'pauseReason'
  | 'pausedAt'
  | 'failure'
  | 'failureDetail'
  | 'run'
  | 'startMode'
  | 'creditCap'
  | 'holdId'
  | 'reserved'
  | 'processed'
  | 'captured'
  | 'released'
  | 'isPlanned'
  | 'plannedRun'
  | 'chunks'
  | 'parts'
  | 'startedAt'
  | 'finishedAt'
  | 'expiresAt'
  | 'expiryNoticeAt'
  | 'retentionDays'
  | 'mailOnEnd'
>;

/** Call it with the list locked. */
export async function changeList({ workspaceId }: Scope, id: string, change: ListChange, tx: Tx): Promise<void> {
  await tx.list.updateMany({ where: { id, workspaceId }, data: { ...change, updatedAt: new Date() } });
}

/** Notifies the watchers of these lists when the transaction commits. */
export async function announceLists(ids: readonly string[], tx: Tx = db()): Promise<void> {
  await tx.$queryRaw`
    SELECT pg_notify('list', json_build_object('id', "id")::text)::text AS "sent" FROM unnest(${[...ids]}::text[]) AS t ("id")`;
}

/**
 * Null where the hold is closed. Read it with the list locked, whose `reserved` is what chunks under way may still charge of
 * it.
 */
export async function findHoldAmounts(holdId: string, tx: Tx): Promise<{ amount: number; captured: number } | null> {
  return tx.creditHold.findFirst({ where: { id: holdId, closedAt: null }, select: { amount: true, captured: true } });
}

/** How many lists of a workspace are at work or about to be. */
export function countListsAtWork({ workspaceId }: Scope, tx: Tx): Promise<number> {
  return tx.list.count({ where: { workspaceId, status: { in: ['queued', 'running'] } } });
}

export interface StateOfList {
  id: string;
  status: string;
  run: number;
}

/** The current statuses, for a process that works on these lists. */
export function listStatesOf(ids: readonly string[]): Promise<StateOfList[]> {
  return db().list.findMany({ where: { id: { in: [...ids] } }, select: { id: true, status: true, run: true }, take: ids.length });
}

export async function hasWaitingLists({ workspaceId }: Scope, tx: Tx): Promise<boolean> {
  const where = { workspaceId, status: 'paused', pauseReason: { in: [...WAITING_REASONS] } };
  return (await tx.list.findFirst({ where, select: { id: true } })) !== null;
}

/** Oldest first. */
export async function listPausedLists({ workspaceId }: Scope, pauseReason: WaitingReason, take: number): Promise<string[]> {
  const rows = await db().list.findMany({
    where: { workspaceId, status: 'paused', pauseReason },
    orderBy: { id: 'asc' },
    take,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/**
 * The rows of a chunk that have no result yet. Each is looked up by its number (a subquery with an offset, a lateral one with a
 * limit): a join would read all results of the list for each of its chunks.
 */
export async function listRowsToAsk(listId: string, rows: readonly number[]): Promise<RowToAsk[]> {
  const found = await db().$queryRaw<
    { n: number; email: string; domain: string; attempt: number | null; triplet: unknown; evidence: unknown }[]
  >`
    SELECT r."n", r."email", r."domain", w."attempt", w."triplet", w."evidence" FROM "ListRow" r
    LEFT JOIN LATERAL (
      SELECT w."attempt", w."triplet", w."evidence" FROM "ListRetry" w WHERE w."listId" = r."listId" AND w."n" = r."n" LIMIT 1
    ) w ON true
    WHERE r."listId" = ${listId} AND r."n" = ANY(${[...rows]}::int[])
      AND NOT EXISTS (SELECT 1 FROM "ListResult" x WHERE x."listId" = r."listId" AND x."n" = r."n" OFFSET 0)
    ORDER BY r."n"`;
  return found.map(({ n, email, domain, attempt, triplet, evidence }) => ({
    n,
    email,
    domain,
    attempt: attempt ?? 0,
    triplet: attempt === null ? null : parseTriplet(triplet),
    evidence: attempt === null ? [] : parseEvidence(evidence),
    hasWaited: attempt !== null,
  }));
}

export interface ListRetry {
  n: number;
  /** Made so far. */
  attempt: number;
  dueAt: Date;
  triplet: GreylistTriplet | null;
  evidence: readonly Evidence[];
}

export async function keepRetries(listId: string, retries: readonly ListRetry[], tx: Tx): Promise<void> {
  if (retries.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO "ListRetry" ("listId", "n", "attempt", "dueAt", "triplet", "evidence")
    SELECT ${listId}, t."n", t."attempt", t."dueAt"::timestamp, t."triplet"::jsonb, t."evidence"::jsonb
    FROM unnest(${retries.map(({ n }) => n)}::int[], ${retries.map(({ attempt }) => attempt)}::smallint[],
      ${retries.map(({ dueAt }) => dueAt.toISOString())}::text[], ${retries.map(({ triplet }) => toJsonText(triplet))}::text[],
      ${retries.map(({ evidence }) => toJsonText(evidence))}::text[]) AS t ("n", "attempt", "dueAt", "triplet", "evidence")
    ON CONFLICT ("listId", "n") DO UPDATE SET
      "attempt" = EXCLUDED."attempt", "dueAt" = EXCLUDED."dueAt", "triplet" = EXCLUDED."triplet", "evidence" = EXCLUDED."evidence"`;
}

export async function deleteRetries(listId: string, rows: readonly number[], tx: Tx): Promise<void> {
  await tx.$executeRaw`DELETE FROM "ListRetry" WHERE "listId" = ${listId} AND "n" = ANY(${[...rows]}::int[])`;
}

/** Its maker's confirmed address; null where the list came through the API or the account is gone. */
export async function findListMaker({ workspaceId }: Scope, listId: string): Promise<string | null> {
  const rows = await db().$queryRaw<{ email: string }[]>`
    SELECT u."email" FROM "List" l JOIN "User" u ON u."id" = l."createdById"
    WHERE l."id" = ${listId} AND l."workspaceId" = ${workspaceId}`;
  return rows[0]?.email ?? null;
}

/** A row to ask, with what an earlier attempt left to remember. */
export interface RowToAsk {
  n: number;
  email: string;
  domain: string;
  /** Attempts that were made before. */
  attempt: number;
  triplet: GreylistTriplet | null;
  evidence: Evidence[];
  /** It was postponed before, and what it must remember is stored. */
  hasWaited: boolean;
}
