// The rows of lists on a page of the history. They are searched only by address. Each kind of search has an index in the order of its
// pages (see `historyRowsSql`). Rows of an expired list are gone at once, as everywhere.
import { z } from 'zod';
import { queryRows } from '@/lib/platform/db/rows';
import { codesOfReason, codesOfStatus } from '@/lib/verdict/verdict';
import { dayAfter } from '@/lib/credits/rules/usage';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { LAST_CHARACTER, scanOf, timeBefore, type HistoryPosition, type HistoryQuestion, type StreamPage } from './history';
import type { Scope } from '@/lib/platform/scope';

const HistoryRowRecord = z.object({
  listId: z.string(),
  listName: z.string(),
  policy: z.string(),
  test: z.boolean(),
  apiKeyId: z.string().nullable(),
  n: z.int(),
  email: z.string(),
  canonical: z.string().nullable(),
  reason: z.int(),
  score: z.int().nullable(),
  gradeBasis: z.int(),
  flags: z.int(),
  provider: z.string(),
  mxHost: z.string().nullable(),
  didYouMean: z.string().nullable(),
  cached: z.boolean(),
  credits: z.int(),
  durationMs: z.int(),
  checkedAt: z.date(),
});
export type HistoryRowRecord = z.infer<typeof HistoryRowRecord>;

/** What every row of a page says about the scan, whether or not a record was found. */
const Scan = z.object({
  /** Number of entries scanned, and the last of them. */
  seen: z.int(),
  lastList: z.string().nullable(),
  lastN: z.int().nullable(),
  lastKey: z.string().nullable(),
  lastAt: z.date().nullable(),
  key: z.string().nullable(),
});

const Found = z.union([Scan.extend(HistoryRowRecord.shape), Scan.extend({ listId: z.null() })]);

const ADDRESS = Prisma.sql`lower(r."email")`;
const NEWEST = Prisma.sql`"checkedAt" DESC, "listId" DESC, "n" DESC`;
const OLDEST = Prisma.sql`"checkedAt" ASC, "listId" ASC, "n" ASC`;

export async function listHistoryRows(scope: Scope, question: HistoryQuestion): Promise<StreamPage<HistoryRowRecord>> {
  const found = await queryRows(Found, historyRowsSql(scope, question));
  const [head] = found;
  const isCut = head !== undefined && head.seen >= scanOf(question);
  return {
    items: found.flatMap(({ key, ...row }) =>
      row.listId !== null ? [{ item: row, position: positionOf({ id: row.listId, n: row.n, key, at: row.checkedAt }) }] : [],
    ),
    lookedTo:
      isCut && head.lastList !== null && head.lastN !== null && head.lastAt !== null
        ? positionOf({ id: head.lastList, n: head.lastN, key: head.lastKey, at: head.lastAt })
        : null,
  };
}

/**
 * The statement alone, so that a test can see which indexes it uses:
 *
 *   one mailbox, one stream per spelling  (workspace, lower(address), checkedAt), (workspace, canonical, checkedAt)
 *   domain                                (workspace, domain, checkedAt)
 *   beginning of an address               (workspace, lower(address), checkedAt)
 */
export function historyRowsSql(scope: Scope, question: HistoryQuestion): Prisma.Sql {
  const isByAddress = question.search?.kind === 'beginning';
  const order = isByAddress ? Prisma.sql`"key" ASC, ${NEWEST}` : NEWEST;
  const back = isByAddress ? Prisma.sql`"key" DESC, ${OLDEST}` : OLDEST;
  // LIMIT 1 keeps each row's lookup a lookup. Otherwise PostgreSQL would read small lists as a whole.
  return Prisma.sql`
    WITH scanned AS MATERIALIZED (
      SELECT * FROM (${Prisma.join(streamsOf(scope, question), ' UNION ')}) t ORDER BY ${order} LIMIT ${scanOf(question)}
    ), page AS (
      SELECT r."listId", r."n", r."key", r."checkedAt", l."name" AS "listName", l."policy", l."test", l."apiKeyId" FROM scanned r
      CROSS JOIN LATERAL (
        SELECT l."name", l."policy", l."test", l."apiKeyId" FROM "List" l
        WHERE l."id" = r."listId" AND l."workspaceId" = ${scope.workspaceId} AND l."status" <> 'expired' AND l."rowsDeletedAt" IS NULL
        LIMIT 1
      ) l
      WHERE true ${filterSql(question)} ORDER BY ${order} LIMIT ${question.take}
    )
    SELECT m."seen", e."listId" AS "lastList", e."n" AS "lastN", e."key" AS "lastKey", e."checkedAt" AS "lastAt", page.*, x.*
    FROM (SELECT COUNT(*)::int AS "seen" FROM scanned) m
    LEFT JOIN (SELECT * FROM scanned ORDER BY ${back} LIMIT 1) e ON true
    LEFT JOIN page ON true
    LEFT JOIN LATERAL (
      SELECT r."email", r."canonical", r."reason", r."score", r."gradeBasis", r."flags", r."provider", r."mxHost", r."didYouMean", r."cached",
        r."credits", r."durationMs"
      FROM "ListResult" r WHERE r."listId" = page."listId" AND r."n" = page."n" LIMIT 1
    ) x ON true
    ORDER BY ${isByAddress ? Prisma.sql`page."key" ASC,` : Prisma.empty} page."checkedAt" DESC, page."listId" DESC, page."n" DESC`;
}

const positionOf = ({ id, n, key, at }: { id: string; n: number; key: string | null; at: Date }): HistoryPosition => ({
  key: key ?? '',
  at: at.getTime(),
  kind: 'row',
  id,
  n,
});

function streamsOf(scope: Scope, question: HistoryQuestion): Prisma.Sql[] {
  const { search, after } = question;
  const newest = Prisma.sql`r."checkedAt" DESC, r."listId" DESC, r."n" DESC`;
  const stream = (where: Prisma.Sql, more: { key?: Prisma.Sql; order?: Prisma.Sql } = {}): Prisma.Sql => Prisma.sql`
    (SELECT r."listId", r."n", ${more.key ?? Prisma.sql`''`} AS "key", r."checkedAt", r."reason" FROM "ListResult" r
    WHERE r."workspaceId" = ${scope.workspaceId} ${where} ORDER BY ${more.order ?? newest} LIMIT ${scanOf(question)})`;
  if (search === null) throw new Error('rows of lists are searched by address only');
  if (search.kind === 'beginning') {
    const byAddress = { key: ADDRESS, order: Prisma.sql`${ADDRESS} ASC, ${newest}` };
    return beginningsOf(search.beginning, after).map((where) => stream(where, byAddress));
  }
  const range = Prisma.sql`${rowsAfter(after)} ${rowsOfDays(question)}`;
  if (search.kind === 'domain') return [stream(Prisma.sql`AND r."domain" = ${search.ascii} ${range}`)];
  return [
    Prisma.sql`(SELECT t.* FROM unnest(${search.spellings}::text[]) AS s ("value")
      CROSS JOIN LATERAL ${stream(Prisma.sql`AND ${ADDRESS} = s."value" COLLATE "C" ${range}`)} t)`,
    stream(Prisma.sql`AND r."canonical" = ${search.canonical} ${range}`),
  ];
}

/** The rest of the address at which the previous page ended, then the addresses after it. */
function beginningsOf(beginning: string, after: HistoryPosition | null): Prisma.Sql[] {
  const end = Prisma.sql`AND ${ADDRESS} < lower(${beginning} COLLATE "C") || ${LAST_CHARACTER}`;
  if (after === null) return [Prisma.sql`AND ${ADDRESS} >= lower(${beginning} COLLATE "C") ${end}`];
  return [
    Prisma.sql`AND ${ADDRESS} = ${after.key} COLLATE "C" ${rowsAfter(after)}`,
    Prisma.sql`AND ${ADDRESS} > ${after.key} COLLATE "C" ${end}`,
  ];
}

const timestamp = (ms: number): Prisma.Sql => Prisma.sql`${new Date(ms).toISOString()}::timestamp`;

function rowsAfter(after: HistoryPosition | null): Prisma.Sql {
  if (after === null) return Prisma.empty;
  if (after.kind !== 'row') return Prisma.sql`AND r."checkedAt" < ${timestamp(timeBefore('row', after))}`;
  return Prisma.sql`AND r."checkedAt" <= ${timestamp(after.at)}
    AND (r."checkedAt" < ${timestamp(after.at)} OR (r."listId", r."n") < (${after.id}, ${after.n}::int))`;
}

function rowsOfDays({ from, to }: HistoryQuestion): Prisma.Sql {
  const first = from === undefined ? Prisma.empty : Prisma.sql`AND r."checkedAt" >= ${timestamp(Date.parse(from))}`;
  const last = to === undefined ? Prisma.empty : Prisma.sql`AND r."checkedAt" < ${timestamp(Date.parse(dayAfter(to)))}`;
  return Prisma.sql`${first} ${last}`;
}

function filterSql(question: HistoryQuestion): Prisma.Sql {
  const { status, reason, keyId, test } = question;
  const codes = status === undefined || status === 'pending' ? [] : codesOfStatus(status);
  const parts = [
    status !== undefined && Prisma.sql`AND r."reason" = ANY(${[...codes]}::smallint[])`,
    reason !== undefined && Prisma.sql`AND r."reason" = ANY(${[...codesOfReason(reason)]}::smallint[])`,
    keyId !== undefined && Prisma.sql`AND l."apiKeyId" = ${keyId}`,
    test !== undefined && Prisma.sql`AND l."test" = ${test}`,
    question.search?.kind === 'beginning' && rowsOfDays(question),
  ].filter((part) => part !== false);
  return parts.length === 0 ? Prisma.empty : Prisma.join(parts, ' ');
}
