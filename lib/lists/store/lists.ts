// Lists as their owners see them: one, or a page of them, with what is counted beside them (tallies, rows that wait for a
// retry, the hold). Promises that everything is bound to the workspace, and that nothing here ever counts a list's rows.
import { db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/_prisma/client';
import type { Scope } from '@/lib/platform/scope';
import type { ListStatus } from '../rules/list';

/** Notified with `{"id": list id}` whenever a list's status or counts change. */
export const LIST_CHANNEL = 'list';

const LIST_FIELDS = {
  id: true,
  apiKeyId: true,
  source: true,
  name: true,
  test: true,
  status: true,
  pauseReason: true,
  failure: true,
  failureDetail: true,
  policy: true,
  metadata: true,
  fileName: true,
  format: true,
  sizeBytes: true,
  receivedBytes: true,
  parsedBytes: true,
  encoding: true,
  hasHeader: true,
  columns: true,
  preview: true,
  emailColumn: true,
  rows: true,
  unique: true,
  exactDuplicates: true,
  canonicalDuplicates: true,
  syntaxInvalid: true,
  rejected: true,
  severalAddresses: true,
  knownRecent: true,
  maxCredits: true,
  startMode: true,
  creditCap: true,
  holdId: true,
  processed: true,
  released: true,
  retentionDays: true,
  unstartedDays: true,
  createdById: true,
  mailOnEnd: true,
  createdAt: true,
  startedAt: true,
  finishedAt: true,
  expiresAt: true,
  rowsDeletedAt: true,
  updatedAt: true,
  version: true,
  rateASecond: true,
  rateFromAt: true,
  rateFromProcessed: true,
} as const satisfies Prisma.ListSelect;

export type ListFields = Prisma.ListGetPayload<{ select: typeof LIST_FIELDS }>;

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
  /** Credits that its results were charged with, and that its hold still holds. */
  captured: number;
  held: number;
}

export interface ListsQuestion {
  ids?: readonly string[] | undefined;
  statuses?: readonly ListStatus[] | undefined;
  test?: boolean | undefined;
  /** Id of the last list of the page before. */
  cursor?: string | undefined;
  take: number;
}

export async function findListRecord({ workspaceId }: Scope, id: string): Promise<ListRecord | null> {
  const list = await db().list.findFirst({ where: { id, workspaceId }, select: LIST_FIELDS });
  if (list === null) return null;
  const [record] = await withCounts([list]);
  return record ?? null;
}

/** Newest first. */
export async function listListRecords({ workspaceId }: Scope, question: ListsQuestion): Promise<ListRecord[]> {
  const { ids, statuses, test, cursor, take } = question;
  const lists = await db().list.findMany({
    where: {
      workspaceId,
      ...(statuses && { status: { in: [...statuses] } }),
      ...(test !== undefined && { test }),
      ...((ids !== undefined || cursor !== undefined) && {
        id: { ...(ids && { in: [...ids] }), ...(cursor !== undefined && { lt: cursor }) },
      }),
    },
    orderBy: { id: 'desc' },
    take,
    select: LIST_FIELDS,
  });
  return withCounts(lists);
}

/** The caller has checked that the lists are its own. */
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
