// Reads a list's results: pages of final rows for any filter, pages of rows that wait for a retry, single rows, and verdicts
// counted by provider and reason. No page, in either direction, reads or sorts more than a few hundred index entries, however
// large the list. Final and single rows are bound to the workspace. A row that repeats another shows the other's verdict.
import { z } from 'zod';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db } from '@/lib/platform/db/client';
import { queryRows } from '@/lib/platform/db/rows';
import { DUPLICATES_SHOWN, RESULT_CELLS_MAX_CHARS } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import type { Evidence, LayerReport } from '@/lib/verdict/evidence';
import { parseEvidence } from '@/lib/verdict/stored';
import { type PolicyName, policyOf } from '@/lib/verdict/verdict';
import { ROW_KIND } from '../rules/list';
import type { RowSearch } from '../rules/view';
import { evidenceOfRow, readEvidencePart } from './results';

/** Where a page begins: the row next to it. `key` is that row's address in lower case, for pages ordered by address. */
export interface ResultPosition {
  n: number;
  key: string;
}

export interface ResultsQuestion {
  listId: string;
  /** Codes of lib/verdict/verdict.ts; null: all. */
  reasons: readonly number[] | null;
  /** Null: all; empty: rows whose provider is not known. */
  provider: string | null;
  search: RowSearch | null;
  /** The pairs of provider and reason in the list that match the filter. */
  pairs: readonly { provider: string; reason: number }[];
  direction: 'next' | 'previous';
  /** Null: from the beginning, or from the end when going back. */
  from: ResultPosition | null;
  take: number;
}

const ResultRow = z.object({
  n: z.int(),
  email: z.string(),
  reason: z.int(),
  score: z.int().nullable(),
  gradeBasis: z.int(),
  flags: z.int(),
  provider: z.string(),
  mxHost: z.string().nullable(),
  didYouMean: z.string().nullable(),
  cached: z.boolean(),
  credits: z.int(),
  checkedAt: z.date(),
  /** JSON array of the row's cells; null where it is too long for a table. */
  cells: z.string().nullable(),
  key: z.string(),
});
export type ResultRow = z.infer<typeof ResultRow>;

/** In the order of the list, also when going back. */
export async function listResultRows(scope: Scope, question: ResultsQuestion): Promise<ResultRow[]> {
  const rows = await queryRows(ResultRow, resultRowsSql(scope, question));
  return question.direction === 'next' ? rows : rows.toReversed();
}

/** The statement alone, so that a test can see which indexes it takes. */
export function resultRowsSql({ workspaceId }: Scope, question: ResultsQuestion): Prisma.Sql {
  const { listId, direction, take } = question;
  const byKey = question.search?.kind === 'beginning';
  const way = direction === 'next' ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const order = byKey ? Prisma.sql`"key" ${way}, "n" ${way}` : Prisma.sql`"n" ${way}`;
  // LIMIT 1 makes the planner look up each row; without it, small lists would be read whole.
  return Prisma.sql`
    SELECT page."n", page."key", x.*, w."cells" FROM (${pageSql(question, order)}) page
    CROSS JOIN LATERAL (
      SELECT r."email", r."reason", r."score", r."gradeBasis", r."flags", r."provider", r."mxHost", r."didYouMean", r."cached", r."credits", r."checkedAt"
      FROM "ListResult" r WHERE r."listId" = ${listId} AND r."n" = page."n" AND r."workspaceId" = ${workspaceId} LIMIT 1
    ) x
    LEFT JOIN LATERAL (
      SELECT CASE WHEN length(r."cells") <= ${RESULT_CELLS_MAX_CHARS}::int THEN r."cells" END AS "cells"
      FROM "ListRow" r WHERE r."listId" = ${listId} AND r."n" = page."n" LIMIT 1
    ) w ON true
    ORDER BY ${order} LIMIT ${take}`;
}

/**
 * The row numbers of one page, in order. Every filter is a few streams that an index already has in order: one per reason, or one
 * per pair of provider and reason in the list's counts. Each stream is read only as far as one page goes, then merged:
 *
 *   no filter                            primary key                                by row
 *   reasons                              (list, reason, n)                          by row
 *   provider, with or without reasons    (list, provider, reason, n)                by row
 *   domain, with or without any of them  (list, domain, provider, reason, n)        by row
 *   beginning of an address              (list, lower(email), n)                    by address
 *   … with provider or reasons           (list, provider, reason, lower(email), n)  by address
 */
function pageSql(question: ResultsQuestion, order: Prisma.Sql): Prisma.Sql {
  const { reasons, provider, search, pairs, take } = question;
  const key = search?.kind === 'beginning' ? Prisma.sql`lower(r."email")` : Prisma.sql`''`;
  const stream = (more: Prisma.Sql): Prisma.Sql => Prisma.sql`
    SELECT r."n", ${key} AS "key" FROM "ListResult" r
    WHERE r."listId" = ${question.listId} ${more} ${searchSql(search)} ${beyondSql(question)}
    ORDER BY ${order} LIMIT ${take}`;
  const isPlain = provider === null && search?.kind !== 'domain';
  if (isPlain && reasons === null) return stream(Prisma.empty);
  if (isPlain && search === null) {
    return Prisma.sql`
      SELECT t.* FROM unnest(${[...(reasons ?? [])]}::smallint[]) AS s ("reason")
      CROSS JOIN LATERAL (${stream(Prisma.sql`AND r."reason" = s."reason"`)}) t ORDER BY ${order} LIMIT ${take}`;
  }
  return Prisma.sql`
    SELECT t.* FROM unnest(${pairs.map((pair) => pair.provider)}::text[], ${pairs.map((pair) => pair.reason)}::smallint[])
      AS s ("provider", "reason")
    CROSS JOIN LATERAL (${stream(Prisma.sql`AND r."provider" = s."provider" AND r."reason" = s."reason"`)}) t
    ORDER BY ${order} LIMIT ${take}`;
}

/** Sorts after every character that text can have, so that all text with the searched beginning comes before it. */
const LAST_CHARACTER = '\u{10ffff}';

function searchSql(search: RowSearch | null): Prisma.Sql {
  if (search === null) return Prisma.empty;
  if (search.kind === 'domain') return Prisma.sql`AND r."domain" = ${search.domain}`;
  return Prisma.sql`
    AND lower(r."email") >= lower(${search.beginning} COLLATE "C")
    AND lower(r."email") < lower(${search.beginning} COLLATE "C") || ${LAST_CHARACTER}`;
}

function beyondSql({ from, direction, search }: ResultsQuestion): Prisma.Sql {
  if (from === null) return Prisma.empty;
  const beyond = direction === 'next' ? Prisma.sql`>` : Prisma.sql`<`;
  if (search?.kind !== 'beginning') return Prisma.sql`AND r."n" ${beyond} ${from.n}::int`;
  return Prisma.sql`AND (lower(r."email"), r."n") ${beyond} (${from.key} COLLATE "C", ${from.n}::int)`;
}

/** What a reader of a list's results needs to know about the list. */
export interface ListHead {
  policy: PolicyName;
  /** Its rows are deleted or about to be, and are no longer read. */
  isExpired: boolean;
}

/** Null if the workspace has no list with this id. */
export async function findListHead({ workspaceId }: Scope, id: string): Promise<ListHead | null> {
  const list = await db().list.findFirst({
    where: { id, workspaceId },
    select: { policy: true, status: true, rowsDeletedAt: true },
  });
  return list && { policy: policyOf(list.policy), isExpired: list.status === 'expired' || list.rowsDeletedAt !== null };
}

const TallyRow = z.object({
  reason: z.int(),
  provider: z.string(),
  rows: z.int(),
  credits: z.int(),
  /** How many rows have a score, and the sum of their scores. */
  scored: z.int(),
  scoreSum: z.int(),
});
export type TallyRow = z.infer<typeof TallyRow>;

/** Verdicts counted by provider and reason. The caller has checked that the workspace owns the list. */
export function listTallies(listId: string): Promise<TallyRow[]> {
  return queryRows(
    TallyRow,
    Prisma.sql`
    SELECT "reason", "provider", "rows", "credits", "scored", "scoreSum" FROM "ListTally" WHERE "listId" = ${listId} AND "rows" > 0`,
  );
}

/** The domains that take no mail, most addresses first. The caller has checked that the workspace owns the list. */
export function listDeadDomains(listId: string, take: number): Promise<{ domain: string; rows: number }[]> {
  return queryRows(
    z.object({ domain: z.string(), rows: z.int() }),
    Prisma.sql`
    SELECT "domain", COUNT(*)::int AS "rows" FROM "ListResult"
    WHERE "listId" = ${listId} AND "reason" BETWEEN 24 AND 27
    GROUP BY "domain" ORDER BY 2 DESC, 1 LIMIT ${take}`,
  );
}

export interface StoredRow {
  n: number;
  email: string;
  cells: string;
  /** The numbers of other rows with the same address; only the first few. */
  duplicates: number[];
  /** Null: no final verdict yet. */
  result: Omit<ResultRow, 'n' | 'cells' | 'key'> | null;
  layers: LayerReport[];
  evidence: Evidence[];
  /** When it is retried. */
  retryAt: Date | null;
}

const RESULT_FIELDS = {
  email: true,
  reason: true,
  score: true,
  gradeBasis: true,
  flags: true,
  provider: true,
  mxHost: true,
  didYouMean: true,
  cached: true,
  credits: true,
  checkedAt: true,
  part: true,
} as const;

/** Null if there is no such row, or if it holds no address. */
export async function findStoredRow({ workspaceId }: Scope, listId: string, n: number): Promise<StoredRow | null> {
  const own = await db().list.count({ where: { id: listId, workspaceId } });
  if (own === 0) return null;
  const row = await db().listRow.findUnique({
    where: { listId_n: { listId, n } },
    select: { email: true, kind: true, first: true, cells: true },
  });
  if (row === null || row.kind === ROW_KIND.rejected) return null;
  const first = row.first ?? n;
  const [result, retry, repeated] = await Promise.all([
    db().listResult.findUnique({ where: { listId_n: { listId, n: first } }, select: RESULT_FIELDS }),
    db().listRetry.findUnique({ where: { listId_n: { listId, n: first } }, select: { dueAt: true, evidence: true } }),
    listRepetitions(listId, first),
  ]);
  const duplicates = [first, ...repeated].filter((other) => other !== n);
  const { email, cells } = row;
  if (result === null) {
    return {
      n,
      email,
      cells,
      duplicates,
      result,
      layers: [],
      evidence: parseEvidence(retry?.evidence),
      retryAt: retry?.dueAt ?? null,
    };
  }
  const { part, ...verdict } = result;
  const found = evidenceOfRow(await readEvidencePart(listId, part), first);
  return { n, email, cells, duplicates, result: verdict, ...found, retryAt: null };
}

async function listRepetitions(listId: string, first: number): Promise<number[]> {
  const rows = await db().listRow.findMany({
    where: { listId, first },
    orderBy: { n: 'asc' },
    take: DUPLICATES_SHOWN,
    select: { n: true },
  });
  return rows.map(({ n }) => n);
}

export interface WaitingQuestion {
  listId: string;
  direction: 'next' | 'previous';
  /** The row beside the page; null: from the beginning, or from the end when going back. */
  from: { n: number } | null;
  take: number;
}

const WaitingRow = z.object({
  n: z.int(),
  email: z.string(),
  dueAt: z.date(),
  /** What the last answer meant, or that no name server had an answer; null if nobody has been asked yet. */
  meaning: z.string().nullable(),
  /** JSON array of the row's cells; null where it is too long for a table. */
  cells: z.string().nullable(),
});
export type WaitingRow = z.infer<typeof WaitingRow>;

/**
 * In the order of the list, also when going back. Reads no more of the primary key than the page's own rows. The caller has
 * checked that the workspace owns the list.
 */
export async function listWaitingRows(question: WaitingQuestion): Promise<WaitingRow[]> {
  const rows = await queryRows(WaitingRow, waitingRowsSql(question));
  return question.direction === 'next' ? rows : rows.toReversed();
}

/** The statement alone, so that a test can see which indexes it takes. */
export function waitingRowsSql({ listId, direction, from, take }: WaitingQuestion): Prisma.Sql {
  const way = direction === 'next' ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const sign = direction === 'next' ? Prisma.sql`>` : Prisma.sql`<`;
  const beyond = from === null ? Prisma.empty : Prisma.sql`AND w."n" ${sign} ${from.n}::int`;
  return Prisma.sql`
    SELECT page."n", page."dueAt", r."email", r."cells",
      CASE page."evidence" -> -1 ->> 'stage' WHEN 'dns' THEN 'dns_temporary_error' ELSE page."evidence" -> -1 ->> 'meaning' END AS "meaning"
    FROM (
      SELECT w."n", w."dueAt", w."evidence" FROM "ListRetry" w WHERE w."listId" = ${listId} ${beyond}
      ORDER BY w."n" ${way} LIMIT ${take}
    ) page
    CROSS JOIN LATERAL (
      SELECT r."email", CASE WHEN length(r."cells") <= ${RESULT_CELLS_MAX_CHARS}::int THEN r."cells" END AS "cells"
      FROM "ListRow" r WHERE r."listId" = ${listId} AND r."n" = page."n" LIMIT 1
    ) r
    ORDER BY page."n" ${way}`;
}

export const countWaitingRows = (listId: string): Promise<number> => db().listRetry.count({ where: { listId } });
