// The single checks and the lists on a page of the history, and the order that all of its streams share: newest first, and within a
// millisecond rows and lists before checks. A search by the beginning of an address is in the order of addresses, and newest first within
// one address, because an index can't order it any other way. Only a limited number of entries is scanned for one page.
import { z } from 'zod';
import { queryRows } from '@/lib/platform/db/rows';
import { dayAfter } from '@/lib/credits/rules/usage';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { firstIdAt, timeOfId } from '@/lib/platform/ids';
import { HISTORY_SCAN_ENTRIES } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { codesOfReason, codesOfStatus } from '@/lib/verdict/verdict';
import type { HistoryFilter } from '../rules';

export type StreamKind = 'row' | 'list' | 'check';

export interface HistoryPosition {
  /** The address in lower case if pages are in the order of addresses, otherwise empty. */
  key: string;
  /** Milliseconds. */
  at: number;
  kind: StreamKind;
  /** Id of the check or the list; for a row: of its list. */
  id: string;
  /** Number of the row, otherwise 0. */
  n: number;
}

export interface HistoryQuestion extends HistoryFilter {
  /** The last entry of the previous page. */
  after: HistoryPosition | null;
  take: number;
}

/** One stream's contribution to a page. */
export interface StreamPage<T> {
  items: { position: HistoryPosition; item: T }[];
  /** How far it was scanned; null means to its end. */
  lookedTo: HistoryPosition | null;
}

const FoundCheck = z.object({
  /** Number of entries scanned, and the last of them. */
  seen: z.int(),
  lastId: z.string().nullable(),
  lastKey: z.string().nullable(),
  /** Null if none matches. */
  id: z.string().nullable(),
  key: z.string().nullable(),
});
type FoundCheck = z.infer<typeof FoundCheck>;

const FoundList = z.object({
  seen: z.int(),
  lastId: z.string().nullable(),
  id: z.string().nullable(),
});
type FoundList = z.infer<typeof FoundList>;

/** Sorts after every character that text can contain, so everything that starts with a text sorts before text + this. */
export const LAST_CHARACTER = '\u{10ffff}';

const RANK: Record<StreamKind, number> = { row: 0, list: 1, check: 2 };

const CHECK_ID = Prisma.sql`v."id" COLLATE "C"`;
const CHECK_ADDRESS = Prisma.sql`lower(COALESCE(v."normalized", v."email") COLLATE "C")`;
const CHECK_DOMAIN = Prisma.sql`lower(substring(COALESCE(v."normalized", v."email") from '[^@]*$') COLLATE "C")`;
const LIST_ID = Prisma.sql`l."id"`;

/** The ids of single checks on a page. */
export async function listHistoryChecks(scope: Scope, question: HistoryQuestion): Promise<StreamPage<string>> {
  const found = await queryRows(FoundCheck, historyChecksSql(scope, question));
  const [head] = found;
  const isCut = head !== undefined && head.seen >= scanOf(question) && head.lastId !== null;
  return {
    items: found.flatMap(({ id, key }) => (id === null ? [] : [{ item: id, position: checkPositionOf(id, key) }])),
    lookedTo: isCut && head.lastId !== null ? checkPositionOf(head.lastId, head.lastKey) : null,
  };
}

/**
 * The statement alone, so that a test can see which indexes it uses. Each kind of search has one in the order of its pages:
 *
 *   no search                             (workspace, id)
 *   verdict; reason                       (workspace, status, id); (workspace, reason, id)
 *   one mailbox, one stream per spelling  (workspace, lower(address), id), (workspace, canonical, id)
 *   domain                                (workspace, lower(domain), id)
 *   beginning of an address               (workspace, lower(address), id)
 *
 * Ids are compared in plain order, which no other index has: so the planner can't take the primary key and read past the rows of
 * all other workspaces.
 */
export function historyChecksSql(scope: Scope, question: HistoryQuestion): Prisma.Sql {
  const isByAddress = question.search?.kind === 'beginning';
  const order = isByAddress ? Prisma.sql`"key" ASC, "id" DESC` : Prisma.sql`"id" DESC`;
  const back = isByAddress ? Prisma.sql`"key" DESC, "id" ASC` : Prisma.sql`"id" ASC`;
  return Prisma.sql`
    WITH scanned AS MATERIALIZED (
      SELECT * FROM (${Prisma.join(checkStreamsOf(scope, question), ' UNION ')}) t ORDER BY ${order} LIMIT ${scanOf(question)}
    ), page AS (
      SELECT v."id", v."key" FROM scanned v WHERE true ${checkFilterSql(question)} ORDER BY ${order} LIMIT ${question.take}
    )
    SELECT m."seen", l."id" AS "lastId", l."key" AS "lastKey", page."id", page."key"
    FROM (SELECT COUNT(*)::int AS "seen" FROM scanned) m
    LEFT JOIN (SELECT "id", "key" FROM scanned ORDER BY ${back} LIMIT 1) l ON true
    LEFT JOIN page ON true
    ORDER BY page.${isByAddress ? Prisma.sql`"key" ASC, page."id" DESC` : Prisma.sql`"id" DESC`}`;
}

/**
 * The ids of lists on a page that names no address. Each list is one line, at the time it was brought in. Its counts say which verdicts it
 * contains, so no row is read.
 */
export async function listHistoryLists(scope: Scope, question: HistoryQuestion): Promise<StreamPage<string>> {
  const found = await queryRows(FoundList, historyListsSql(scope, question));
  const [head] = found;
  const isCut = head !== undefined && head.seen >= scanOfLists(question);
  return {
    items: found.flatMap(({ id }) => (id === null ? [] : [{ item: id, position: listPositionOf(id) }])),
    lookedTo: isCut && head.lastId !== null ? listPositionOf(head.lastId) : null,
  };
}

/** The statement alone, so that a test can see which indexes it uses. */
export function historyListsSql({ workspaceId }: Scope, question: HistoryQuestion): Prisma.Sql {
  return Prisma.sql`
    WITH scanned AS MATERIALIZED (
      SELECT l."id", l."startedAt", l."apiKeyId", l."test" FROM "List" l
      WHERE l."workspaceId" = ${workspaceId} ${idsAfter(LIST_ID, 'list', question.after)} ${idsOfDays(LIST_ID, 'list', question)}
      ORDER BY l."id" DESC LIMIT ${scanOfLists(question)}
    ), page AS (
      SELECT l."id" FROM scanned l WHERE l."startedAt" IS NOT NULL ${listFilterSql(question)} ORDER BY l."id" DESC LIMIT ${question.take}
    )
    SELECT m."seen", m."lastId", page."id" FROM (SELECT COUNT(*)::int AS "seen", MIN("id") AS "lastId" FROM scanned) m
    LEFT JOIN page ON true ORDER BY page."id" DESC`;
}

/** Negative if `a` comes first. */
export const comparePositions = (a: HistoryPosition, b: HistoryPosition): number =>
  compareKeys(a.key, b.key) || b.at - a.at || RANK[a.kind] - RANK[b.kind] || compareText(b.id, a.id) || b.n - a.n;

/** The time before which a stream's entries come after this position, whichever stream the position is from. */
export const timeBefore = (kind: StreamKind, after: HistoryPosition): number =>
  RANK[kind] > RANK[after.kind] ? after.at + 1 : after.at;

/** Restricts to what comes after a position, by ids that start with their time. */
export function idsAfter(column: Prisma.Sql, kind: 'list' | 'check', after: HistoryPosition | null): Prisma.Sql {
  if (after === null) return Prisma.empty;
  const bound = after.kind === kind ? after.id : firstIdAt(idKind(kind), timeBefore(kind, after));
  return Prisma.sql`AND ${column} < ${bound}`;
}

/** Restricts to the days of a filter, by ids that start with their time. */
export function idsOfDays(column: Prisma.Sql, kind: 'list' | 'check', { from, to }: HistoryFilter): Prisma.Sql {
  const first = from === undefined ? Prisma.empty : Prisma.sql`AND ${column} >= ${firstIdAt(idKind(kind), Date.parse(from))}`;
  const last = to === undefined ? Prisma.empty : Prisma.sql`AND ${column} < ${firstIdAt(idKind(kind), Date.parse(dayAfter(to)))}`;
  return Prisma.sql`${first} ${last}`;
}

/**
 * How many entries a stream reads for one page. If a filter has no index, entries are scanned, but only this many: a page costs the same
 * whatever it finds.
 */
export function scanOf({ search, take, status, reason, source, keyId, from, to, test }: HistoryQuestion): number {
  const hasIndex = search === null && (status === undefined || reason === undefined);
  const byIndex = hasIndex ? [] : [status, reason];
  const isBeginning = search?.kind === 'beginning';
  const others = [source, keyId, test, ...byIndex, ...(isBeginning ? [from, to] : [])];
  return others.some((filter) => filter !== undefined) ? HISTORY_SCAN_ENTRIES : take;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Compares in the database's plain order, which is by code points. JavaScript compares UTF-16 units. */
const compareKeys = (a: string, b: string): number => (a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b)));

const idKind = (kind: 'list' | 'check') => (kind === 'list' ? 'list' : 'verification');

const checkPositionOf = (id: string, key: string | null) =>
  ({ key: key ?? '', at: timeOfId(id), kind: 'check', id, n: 0 }) as const;

function checkStreamsOf(scope: Scope, question: HistoryQuestion): Prisma.Sql[] {
  const { search, after, status, reason } = question;
  const order = Prisma.sql`${CHECK_ID} DESC`;
  const stream = (where: Prisma.Sql, more: { key?: Prisma.Sql; order?: Prisma.Sql } = {}): Prisma.Sql => Prisma.sql`
    (SELECT v."id", ${more.key ?? Prisma.sql`''`} AS "key", v."status", v."reason", v."source", v."apiKeyId", v."test" FROM "Verification" v
    WHERE v."workspaceId" = ${scope.workspaceId} AND v."visitorKey" IS NULL ${where} ORDER BY ${more.order ?? order} LIMIT ${scanOf(question)})`;
  if (search?.kind === 'beginning') {
    const byAddress = { key: CHECK_ADDRESS, order: Prisma.sql`${CHECK_ADDRESS} ASC, ${order}` };
    return checkBeginningsOf(search.beginning, question).map((where) => stream(where, byAddress));
  }
  const range = Prisma.sql`${idsAfter(CHECK_ID, 'check', after)} ${idsOfDays(CHECK_ID, 'check', question)}`;
  if (search === null) {
    if (reason !== undefined) return [stream(Prisma.sql`AND v."reason" = ${reason} ${range}`)];
    return [stream(status === undefined ? range : Prisma.sql`AND v."status" = ${status} ${range}`)];
  }
  const each = (column: Prisma.Sql, values: readonly string[]): Prisma.Sql => Prisma.sql`
    (SELECT t.* FROM unnest(${[...values]}::text[]) AS s ("value")
    CROSS JOIN LATERAL ${stream(Prisma.sql`AND ${column} = s."value" ${range}`)} t)`;
  if (search.kind === 'domain') return [each(CHECK_DOMAIN, [...new Set([search.ascii, search.unicode])])];
  return [each(CHECK_ADDRESS, search.spellings), stream(Prisma.sql`AND v."canonical" = ${search.canonical} ${range}`)];
}

/** The rest of the address at which the previous page ended, then the addresses after it. */
function checkBeginningsOf(beginning: string, { after }: HistoryQuestion): Prisma.Sql[] {
  const end = Prisma.sql`AND ${CHECK_ADDRESS} < lower(${beginning} COLLATE "C") || ${LAST_CHARACTER}`;
  if (after === null) return [Prisma.sql`AND ${CHECK_ADDRESS} >= lower(${beginning} COLLATE "C") ${end}`];
  return [
    Prisma.sql`AND ${CHECK_ADDRESS} = ${after.key} COLLATE "C" ${idsAfter(CHECK_ID, 'check', after)}`,
    Prisma.sql`AND ${CHECK_ADDRESS} > ${after.key} COLLATE "C" ${end}`,
  ];
}

function checkFilterSql(question: HistoryQuestion): Prisma.Sql {
  const { status, reason, source, keyId, test } = question;
  const parts = [
    status !== undefined && Prisma.sql`AND v."status" = ${status}`,
    reason !== undefined && Prisma.sql`AND v."reason" = ${reason}`,
    source !== undefined && Prisma.sql`AND v."source" = ${source}`,
    keyId !== undefined && Prisma.sql`AND v."apiKeyId" = ${keyId}`,
    test !== undefined && Prisma.sql`AND v."test" = ${test}`,
    question.search?.kind === 'beginning' && idsOfDays(CHECK_ID, 'check', question),
  ].filter((part) => part !== false);
  return parts.length === 0 ? Prisma.empty : Prisma.join(parts, ' ');
}

const listPositionOf = (id: string): HistoryPosition => ({ key: '', at: timeOfId(id), kind: 'list', id, n: 0 });

/** Lists that never ran are not part of the history and are skipped. */
const scanOfLists = (question: HistoryQuestion): number => scanOf({ ...question, source: 'list' });

function listFilterSql({ status, reason, keyId, test }: HistoryQuestion): Prisma.Sql {
  const codes = status === undefined || status === 'pending' ? [] : codesOfStatus(status);
  const has = (which: Prisma.Sql): Prisma.Sql =>
    Prisma.sql`AND EXISTS (SELECT 1 FROM "ListTally" t WHERE t."listId" = l."id" AND t."rows" > 0 AND ${which})`;
  const parts = [
    status !== undefined && has(Prisma.sql`t."reason" = ANY(${[...codes]}::smallint[])`),
    reason !== undefined && has(Prisma.sql`t."reason" = ANY(${[...codesOfReason(reason)]}::smallint[])`),
    keyId !== undefined && Prisma.sql`AND l."apiKeyId" = ${keyId}`,
    test !== undefined && Prisma.sql`AND l."test" = ${test}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? Prisma.empty : Prisma.join(parts, ' ');
}
