// Lists as their owners see them: one, or a page of them, with the counts beside them (tallies, rows that wait for a retry, the
// hold). Everything is bound to the workspace, and nothing here ever counts a list's rows.
import { z } from 'zod';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db } from '@/lib/platform/db/client';
import { queryRow, queryRows } from '@/lib/platform/db/rows';
import type { Scope } from '@/lib/platform/scope';
import { POLICY_NAMES } from '@/lib/verdict/verdict';
import {
  LIST_FAILURES,
  LIST_FORMATS,
  LIST_SOURCES,
  LIST_STATUSES,
  type ListStatus,
  PAUSE_REASONS,
  START_MODES,
} from '../rules/list';
import { LIST_TABLES } from './run';

/** Notified with `{"id": list id}` whenever a list's status or counts change. */
export const LIST_CHANNEL = 'list';

/** JSON columns are parsed where they are shown, because stored values may be older than today's shapes. */
const ListFieldsRow = z.object({
  id: z.string(),
  apiKeyId: z.string().nullable(),
  source: z.enum(LIST_SOURCES),
  name: z.string(),
  test: z.boolean(),
  status: z.enum(LIST_STATUSES),
  pauseReason: z.enum(PAUSE_REASONS).nullable(),
  failure: z.enum(LIST_FAILURES).nullable(),
  failureDetail: z.string().nullable(),
  policy: z.enum(POLICY_NAMES),
  metadata: z.unknown(),
  fileName: z.string().nullable(),
  format: z.enum(LIST_FORMATS).nullable(),
  sizeBytes: z.bigint().transform(Number),
  receivedBytes: z.bigint().transform(Number),
  parsedBytes: z.bigint().transform(Number),
  encoding: z.string().nullable(),
  hasHeader: z.boolean().nullable(),
  columns: z.unknown(),
  preview: z.unknown(),
  emailColumn: z.int().nullable(),
  rows: z.int(),
  unique: z.int(),
  exactDuplicates: z.int(),
  canonicalDuplicates: z.int(),
  syntaxInvalid: z.int(),
  rejected: z.int(),
  severalAddresses: z.int(),
  knownRecent: z.int(),
  maxCredits: z.int(),
  startMode: z.enum(START_MODES).nullable(),
  creditCap: z.int().nullable(),
  holdId: z.string().nullable(),
  processed: z.int(),
  released: z.int(),
  retentionDays: z.int(),
  unstartedDays: z.int(),
  createdById: z.string().nullable(),
  mailOnEnd: z.boolean(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  expiresAt: z.date().nullable(),
  rowsDeletedAt: z.date().nullable(),
  /** Grows with every change. */
  version: z.int(),
  rateASecond: z.number().nullable(),
  rateFromAt: z.date().nullable(),
  rateFromProcessed: z.int(),
});
export type ListFields = z.infer<typeof ListFieldsRow>;

/** One statement for the three tables, so that it reads the list as it was at one moment, under one version. */
const SELECT = Prisma.sql`
  SELECT l."id", l."apiKeyId", l."source", l."name", l."test", l."status", l."pauseReason", l."failure", l."failureDetail", l."policy", l."metadata",
    f."fileName", f."format", f."sizeBytes", f."receivedBytes", f."parsedBytes", f."encoding", f."hasHeader", f."columns", f."preview",
    f."emailColumn", f."rows", r."unique", f."exactDuplicates", f."canonicalDuplicates", f."syntaxInvalid", f."rejected",
    f."severalAddresses", f."knownRecent", r."maxCredits", r."startMode", r."creditCap", r."holdId", r."processed", r."released",
    l."retentionDays", l."unstartedDays", l."createdById", l."mailOnEnd", l."createdAt", l."startedAt", l."finishedAt", l."expiresAt",
    l."rowsDeletedAt", l."version" + f."version" + r."version" AS "version", r."rateASecond", r."rateFromAt", r."rateFromProcessed"
  FROM ${LIST_TABLES}`;

export interface ListTallyRow {
  reason: number;
  rows: number;
}

/** Rows that wait for a retry. */
export interface RetryingRows {
  count: number;
  nextAt: Date | null;
  lastAt: Date | null;
}

export interface ListRecord {
  list: ListFields;
  tallies: ListTallyRow[];
  retrying: RetryingRows;
  /** The credits that its results were charged, and those that its hold still holds. */
  captured: number;
  held: number;
}

export interface ListsQuestion {
  ids?: readonly string[] | undefined;
  statuses?: readonly ListStatus[] | undefined;
  test?: boolean | undefined;
  /** As `numberOfId` computes it. */
  number?: number | undefined;
  /** Id of the last list of the previous page. */
  cursor?: string | undefined;
  take: number;
}

export async function findListRecord({ workspaceId }: Scope, id: string): Promise<ListRecord | null> {
  const list = await queryRow(ListFieldsRow, Prisma.sql`${SELECT} WHERE l."id" = ${id} AND l."workspaceId" = ${workspaceId}`);
  if (list === null) return null;
  const [record] = await withCounts([list]);
  return record ?? null;
}

const NUMBER_OF_ID = Prisma.sql`(('x' || left(encode(sha256(convert_to(l."id", 'UTF8')), 'hex'), 8))::bit(32)::bigint >> 1)`;

/** Newest first. */
export async function listListRecords({ workspaceId }: Scope, question: ListsQuestion): Promise<ListRecord[]> {
  const { ids, statuses, test, number, cursor, take } = question;
  const statement = Prisma.sql`
    ${SELECT} WHERE l."workspaceId" = ${workspaceId}
      ${statuses === undefined ? Prisma.empty : Prisma.sql`AND l."status" = ANY(${[...statuses]}::text[])`}
      ${test === undefined ? Prisma.empty : Prisma.sql`AND l."test" = ${test}`}
      ${ids === undefined ? Prisma.empty : Prisma.sql`AND l."id" = ANY(${[...ids]}::text[])`}
      ${number === undefined ? Prisma.empty : Prisma.sql`AND ${NUMBER_OF_ID} = ${number}::bigint`}
      ${cursor === undefined ? Prisma.empty : Prisma.sql`AND l."id" < ${cursor}`}
    ORDER BY l."id" DESC LIMIT ${take}`;
  const lists = await queryRows(ListFieldsRow, statement);
  return withCounts(lists);
}

/** The caller has checked that the workspace owns the lists. */
async function withCounts(lists: readonly ListFields[]): Promise<ListRecord[]> {
  if (lists.length === 0) return [];
  const ids = lists.map(({ id }) => id);
  const holdIds = lists.flatMap(({ holdId }) => holdId ?? []);
  const [tallies, retrying, holds] = await Promise.all([
    db().listTally.groupBy({ by: ['listId', 'reason'], where: { listId: { in: ids } }, _sum: { rows: true, credits: true } }),
    db().listRetry.groupBy({
      by: ['listId'],
      where: { listId: { in: ids } },
      _count: true,
      _min: { dueAt: true },
      _max: { dueAt: true },
    }),
    db().creditHold.findMany({
      where: { id: { in: holdIds }, closedAt: null },
      select: { id: true, amount: true, captured: true },
      take: ids.length,
    }),
  ]);
  return lists.map((list) => {
    const own = tallies.filter(({ listId }) => listId === list.id);
    const waiting = retrying.find(({ listId }) => listId === list.id);
    const hold = holds.find(({ id }) => id === list.holdId);
    return {
      list,
      tallies: own.map(({ reason, _sum }) => ({ reason, rows: _sum.rows ?? 0 })).filter(({ rows }) => rows > 0),
      captured: own.reduce((sum, { _sum }) => sum + (_sum.credits ?? 0), 0),
      retrying: { count: waiting?._count ?? 0, nextAt: waiting?._min.dueAt ?? null, lastAt: waiting?._max.dueAt ?? null },
      held: hold ? hold.amount - hold.captured : 0,
    };
  });
}
