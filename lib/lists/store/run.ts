// A running list: its locked row, the changes to it, and the rows that are asked again. Everything that touches a list's money or
// chunks takes this lock first, then the hold, then the balance, so that the order is the same everywhere.
import { z } from 'zod';
import { PLANS } from '@/lib/accounts/rules/plans';
import type { WaitingReason } from '@/lib/credits/rules/ledger';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db, type Tx } from '@/lib/platform/db/client';
import { queryRow, queryRows, queryOne, toJsonText } from '@/lib/platform/db/rows';
import type { Scope } from '@/lib/platform/scope';
import type { Evidence } from '@/lib/verdict/evidence';
import type { GreylistTriplet } from '@/lib/verdict/mail-host';
import { parseEvidence, parseTriplet } from '@/lib/verdict/stored';
import { LIST_SOURCES, LIST_STATUSES, type ListStatus, PAUSE_REASONS, type PauseReason, START_MODES } from '../rules/list';

const RunRow = z.object({
  id: z.string(),
  workspaceId: z.string(),
  apiKeyId: z.string().nullable(),
  name: z.string(),
  source: z.enum(LIST_SOURCES),
  status: z.enum(LIST_STATUSES),
  pauseReason: z.enum(PAUSE_REASONS).nullable(),
  test: z.boolean(),
  rows: z.int(),
  unique: z.int(),
  maxCredits: z.int(),
  run: z.int(),
  startMode: z.enum(START_MODES).nullable(),
  creditCap: z.int().nullable(),
  holdId: z.string().nullable(),
  processed: z.int(),
  isPlanned: z.boolean(),
  plannedRun: z.int(),
  chunks: z.int(),
  parts: z.int(),
  retentionDays: z.int(),
  startedAt: z.date().nullable(),
  /** Null unless it is paused. */
  pausedAt: z.date().nullable(),
  /** The rows are deleted. */
  isPurged: z.boolean(),
  /** It is ready except for its address column. */
  needsColumn: z.boolean(),
});
export type ListRun = z.infer<typeof RunRow>;

const COLUMNS = Prisma.sql`l."id", l."workspaceId", l."apiKeyId", l."name", l."source", l."status", l."pauseReason", l."test", f."rows",
  r."unique", r."maxCredits", r."run", r."startMode", r."creditCap", r."holdId", r."processed", r."isPlanned", r."plannedRun", r."chunks",
  r."parts", l."retentionDays", l."startedAt", l."pausedAt", l."rowsDeletedAt" IS NOT NULL AS "isPurged",
  l."status" = 'ready' AND l."failure" IS NOT NULL AS "needsColumn"`;
/** A list joined with its file and its run; each list has exactly one of both. */
export const LIST_TABLES = Prisma.sql`"List" l JOIN "ListFile" f ON f."listId" = l."id" JOIN "ListRun" r ON r."listId" = l."id"`;

/**
 * The list, locked until the transaction ends; null if the workspace has no list with this id. The row of List is the lock. The
 * row of ListRun is locked after it, because a statement that waited sees the current values only of rows that it locks.
 */
export function lockList({ workspaceId }: Scope, id: string, tx: Tx): Promise<ListRun | null> {
  const statement = Prisma.sql`
    SELECT ${COLUMNS} FROM ${LIST_TABLES} WHERE l."id" = ${id} AND l."workspaceId" = ${workspaceId} FOR UPDATE OF l, r`;
  return queryRow(RunRow, statement, tx);
}

/** For tasks, which know only a list's id. */
export const findListRun = (id: string): Promise<ListRun | null> =>
  queryRow(RunRow, Prisma.sql`SELECT ${COLUMNS} FROM ${LIST_TABLES} WHERE l."id" = ${id}`);

/** The fields of List that may change besides its status, which `moveStatus` changes. */
export type ListChange = Pick<Prisma.ListUpdateManyMutationInput, 'failureDetail' | 'retentionDays' | 'mailOnEnd'>;

/** Call it with the list locked. */
export async function changeList({ workspaceId }: Scope, id: string, change: ListChange, tx: Tx): Promise<void> {
  await tx.list.updateMany({ where: { id, workspaceId }, data: { ...change, updatedAt: new Date() } });
}

export type RunChange = Omit<
  Prisma.ListRunUpdateManyMutationInput,
  'listId' | 'version' | 'rateASecond' | 'rateFromAt' | 'rateFromProcessed'
>;

/** Call it with the list locked. */
export async function changeRun(listId: string, change: RunChange, tx: Tx): Promise<void> {
  await tx.listRun.updateMany({ where: { listId }, data: change });
}

/** Notifies the watchers of these lists when the transaction commits. */
export async function announceLists(ids: readonly string[], tx: Tx = db()): Promise<void> {
  await tx.$queryRaw`
    SELECT pg_notify('list', json_build_object('id', "id")::text)::text AS "sent" FROM unnest(${[...ids]}::text[]) AS t ("id")`;
}

/** How many lists of a workspace are running or about to run. */
export function countListsAtWork({ workspaceId }: Scope, tx: Tx): Promise<number> {
  return tx.list.count({ where: { workspaceId, status: { in: ['queued', 'running'] } } });
}

const StateRow = RunRow.pick({ id: true, status: true, run: true });
export type StateOfList = z.infer<typeof StateRow>;

/** The current statuses, for a process that works on these lists. */
export function listStatesOf(ids: readonly string[]): Promise<StateOfList[]> {
  const statement = Prisma.sql`
    SELECT l."id", l."status", r."run" FROM "List" l JOIN "ListRun" r ON r."listId" = l."id" WHERE l."id" = ANY(${[...ids]}::text[])`;
  return queryRows(StateRow, statement);
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

/** The ids of lists in these statuses, oldest first. */
export async function listListsIn(
  { workspaceId }: Scope,
  which: { statuses: readonly ListStatus[]; pauseReason?: PauseReason },
  take: number,
): Promise<string[]> {
  const where = {
    workspaceId,
    status: { in: [...which.statuses] },
    ...(which.pauseReason !== undefined && { pauseReason: which.pauseReason }),
  };
  return (await db().list.findMany({ where, orderBy: { id: 'asc' }, take, select: { id: true } })).map(({ id }) => id);
}

const WaitedRow = z.object({
  n: z.int(),
  email: z.string(),
  domain: z.string(),
  /** Null if it was not postponed. */
  attempt: z.int().nullable(),
  triplet: z.unknown(),
  evidence: z.unknown(),
});

/**
 * The rows of a chunk that have no result yet. Each is looked up by its number (a subquery with OFFSET, a lateral join with
 * LIMIT): a plain join would read all results of the list for each of its chunks.
 */
export async function listRowsToAsk(listId: string, rows: readonly number[]): Promise<RowToAsk[]> {
  const found = await queryRows(
    WaitedRow,
    Prisma.sql`
    SELECT r."n", r."email", r."domain", w."attempt", w."triplet", w."evidence" FROM "ListRow" r
    LEFT JOIN LATERAL (
      SELECT w."attempt", w."triplet", w."evidence" FROM "ListRetry" w WHERE w."listId" = r."listId" AND w."n" = r."n" LIMIT 1
    ) w ON true
    WHERE r."listId" = ${listId} AND r."n" = ANY(${[...rows]}::int[])
      AND NOT EXISTS (SELECT 1 FROM "ListResult" x WHERE x."listId" = r."listId" AND x."n" = r."n" OFFSET 0)
    ORDER BY r."n"`,
  );
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
  /** Attempts made so far. */
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

/**
 * The email address of the list's creator (a user's address is always confirmed); null if the list came through the API or the account is
 * gone.
 */
export async function findListMaker({ workspaceId }: Scope, listId: string): Promise<string | null> {
  const maker = await queryRow(
    z.object({ email: z.string() }),
    Prisma.sql`
    SELECT u."email" FROM "List" l JOIN "User" u ON u."id" = l."createdById"
    WHERE l."id" = ${listId} AND l."workspaceId" = ${workspaceId}`,
  );
  return maker?.email ?? null;
}

/** A row to ask, with what an earlier attempt stored to remember. */
export interface RowToAsk {
  n: number;
  email: string;
  domain: string;
  /** Attempts made before. */
  attempt: number;
  triplet: GreylistTriplet | null;
  evidence: Evidence[];
  /** It was postponed before, and what it must remember is stored. */
  hasWaited: boolean;
}

// The credits of a list. Each kind is counted in one place and summed from there: charged credits in the tallies of its results,
// written in the same transaction as the ledger's entries; held credits in its hold; what running chunks may still charge in
// those chunks. They are read with the list locked, because each of them changes only under that lock. Also the day's free
// answers, as SQL that statements over many lists join.

const SumRow = z.object({ credits: z.int() });

/** Over all its runs: only unknown answers are asked again, and those were free. */
export async function sumCharged(listId: string, tx: Tx = db()): Promise<number> {
  const statement = Prisma.sql`SELECT COALESCE(SUM("credits"), 0)::int AS "credits" FROM "ListTally" WHERE "listId" = ${listId}`;
  return (await queryOne(SumRow, statement, tx)).credits;
}

/** What running chunks may still charge of the hold. */
export async function sumReserved({ id, run }: { id: string; run: number }, tx: Tx): Promise<number> {
  const statement = Prisma.sql`
    SELECT COALESCE(SUM("reserved"), 0)::int AS "credits" FROM "ListChunk"
    WHERE "listId" = ${id} AND "run" = ${run} AND "state" = 'running'`;
  return (await queryOne(SumRow, statement, tx)).credits;
}

/** Null if the hold is closed. What running chunks have reserved of it is not available. */
export async function findHoldAmounts(holdId: string, tx: Tx): Promise<{ amount: number; captured: number } | null> {
  return tx.creditHold.findFirst({ where: { id: holdId, closedAt: null }, select: { amount: true, captured: true } });
}

/** Row `f`: the free answers that workspace `w` got today, if it got any. */
export const JOIN_FREE_ANSWERS = Prisma.sql`LEFT JOIN "FreeAnswerDay" f
  ON f."workspaceId" = w."id" AND f."day" = timezone('UTC', clock_timestamp())::date`;

/** How many free answers a day the plan of workspace `w` allows. */
export const FREE_ANSWERS_ALLOWED = Prisma.sql`(CASE w."plan" ${Prisma.join(
  Object.entries(PLANS).map(([plan, { freeAnswersADay }]) => Prisma.sql`WHEN ${plan} THEN ${freeAnswersADay}::int`),
  ' ',
)} ELSE ${PLANS.free.freeAnswersADay}::int END)`;
