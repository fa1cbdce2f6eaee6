// Pages of a list's results, forwards and backwards from any row, for any filter. Promises that no page reads or sorts more than a
// few hundred index entries, however large the list: every filter is a handful of streams that an index has in order already (one a
// reason, or one a provider and reason that the list's counts name), each read only as far as one page goes, then merged.
//
//   nothing asked                        primary key                              by row
//   reasons                              (list, reason, n)                        by row
//   provider, with or without reasons    (list, provider, reason, n)              by row
//   domain, with or without any of them  (list, domain, provider, reason, n)      by row
//   beginning of an address              (list, lower(email), n)                  by address
//   … with provider or reasons           (list, provider, reason, lower(email), n) by address
import { RESULT_CELLS_MAX_CHARS } from '@/lib/domain/limits';
import type { RowSearch } from '@/lib/domain/list-filter';
import { db } from './_client';
import { Prisma } from './_prisma/client';
import type { Scope } from './scope';

/** Where a page begins: the row beside it. `key` is its address in small letters, for pages in the order of addresses. */
export interface ResultPosition {
  n: number;
  key: string;
}

export interface ResultsQuestion {
  listId: string;
  /** lib/domain/reason-codes.ts; null: all. */
  reasons: readonly number[] | null;
  /** Null: all; empty: rows whose provider nobody knows. */
  provider: string | null;
  search: RowSearch | null;
  /** Pairs of provider and reason that the list has, as far as the filter asks for them. */
  pairs: readonly { provider: string; reason: number }[];
  direction: 'next' | 'previous';
  /** Null: from the beginning, or from the end when going back. */
  from: ResultPosition | null;
  take: number;
}

export interface ResultRow {
  n: number;
  email: string;
  reason: number;
  score: number | null;
  flags: number;
  provider: string;
  mxHost: string | null;
  didYouMean: string | null;
  cached: boolean;
  credits: number;
  checkedAt: Date;
  /** JSON array of the row's cells; null where it is too long for a table. */
  cells: string | null;
  key: string;
}

/** In the order of the list, also when going back. */
export async function listResultRows(scope: Scope, question: ResultsQuestion): Promise<ResultRow[]> {
  const rows = await db().$queryRaw<ResultRow[]>(resultRowsSql(scope, question));
  return question.direction === 'next' ? rows : rows.toReversed();
}

/** The statement alone, so that a test can see which indexes it takes. */
export function resultRowsSql({ workspaceId }: Scope, question: ResultsQuestion): Prisma.Sql {
  const { listId, direction, take } = question;
  const byKey = question.search?.kind === 'beginning';
  const way = direction === 'next' ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const order = byKey ? Prisma.sql`"key" ${way}, "n" ${way}` : Prisma.sql`"n" ${way}`;
  // LIMIT 1 keeps each row's look-up a look-up: small lists would be read as a whole otherwise.
  return Prisma.sql`
    SELECT page."n", page."key", x.*, w."cells" FROM (${pageSql(question, order)}) page
    CROSS JOIN LATERAL (
      SELECT r."email", r."reason", r."score", r."flags", r."provider", r."mxHost", r."didYouMean", r."cached", r."credits", r."checkedAt"
      FROM "ListResult" r WHERE r."listId" = ${listId} AND r."n" = page."n" AND r."workspaceId" = ${workspaceId} LIMIT 1
    ) x
    LEFT JOIN LATERAL (
      SELECT CASE WHEN length(r."cells") <= ${RESULT_CELLS_MAX_CHARS}::int THEN r."cells" END AS "cells"
      FROM "ListRow" r WHERE r."listId" = ${listId} AND r."n" = page."n" LIMIT 1
    ) w ON true
    ORDER BY ${order} LIMIT ${take}`;
}

/** Row numbers of one page, in its order. */
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

/** Beyond every character that text can have, so that what begins with the text lies before it. */
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

/** What reading a list's results needs to know of it. */
export interface ListHead {
  policy: string;
  /** Its rows are deleted, or about to be: nothing answers from them any more. */
  isExpired: boolean;
}

/** Null where the workspace has none of this id. */
export async function findListHead({ workspaceId }: Scope, id: string): Promise<ListHead | null> {
  const list = await db().list.findFirst({
    where: { id, workspaceId },
    select: { policy: true, state: true, rowsDeletedAt: true },
  });
  return list && { policy: list.policy, isExpired: list.state === 'expired' || list.rowsDeletedAt !== null };
}

export interface TallyRow {
  reason: number;
  provider: string;
  rows: number;
  credits: number;
  /** Rows that have a score, and the sum of these. */
  scored: number;
  scoreSum: number;
}

/** Verdicts counted by provider and reason. The list is the caller's own already. */
export async function listTallies(listId: string): Promise<TallyRow[]> {
  return db().$queryRaw<TallyRow[]>`
    SELECT "reason", "provider", "rows", "credits", "scored", "scoreSum" FROM "ListTally" WHERE "listId" = ${listId} AND "rows" > 0`;
}

/** The domains that take no mail with the most addresses. The list is the caller's own already. */
export async function listDeadDomains(listId: string, take: number): Promise<{ domain: string; rows: number }[]> {
  return db().$queryRaw<{ domain: string; rows: number }[]>`
    SELECT "domain", COUNT(*)::int AS "rows" FROM "ListResult"
    WHERE "listId" = ${listId} AND "reason" BETWEEN 24 AND 27
    GROUP BY "domain" ORDER BY 2 DESC, 1 LIMIT ${take}`;
}
