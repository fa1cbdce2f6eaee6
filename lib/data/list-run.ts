// A list while it runs: its row under lock, and what changes of it. Everything that touches a list's money or chunks takes this
// lock first, then the hold, then the balance, so that the order is the same everywhere.
import { isListState, PAUSE_REASONS, START_MODES, type ListState, type PauseReason, type StartMode } from '@/lib/domain/list';
import { db, type Tx } from './_client';
import { Prisma } from './_prisma/client';
import type { Scope } from './scope';

export interface ListRun {
  id: string;
  workspaceId: string;
  apiKeyId: string | null;
  name: string;
  source: string;
  state: ListState;
  pauseReason: PauseReason | null;
  test: boolean;
  rows: number;
  unique: number;
  maxCredits: number;
  run: number;
  startMode: StartMode | null;
  creditCap: number | null;
  holdId: string | null;
  /** Of the hold, by chunks under way. */
  reserved: number;
  processed: number;
  captured: number;
  isPlanned: boolean;
  plannedRun: number;
  chunks: number;
  parts: number;
  retentionDays: number;
  startedAt: Date | null;
  /** The rows are gone. */
  isPurged: boolean;
}

const COLUMNS = Prisma.sql`"id", "workspaceId", "apiKeyId", "name", "source", "state", "pauseReason", "test", "rows", "unique", "maxCredits",
  "run", "startMode", "creditCap", "holdId", "reserved", "processed", "captured", "isPlanned", "plannedRun", "chunks", "parts",
  "retentionDays", "startedAt", "rowsDeletedAt" IS NOT NULL AS "isPurged"`;

type Raw = Omit<ListRun, 'state' | 'pauseReason' | 'startMode'> & {
  state: string;
  pauseReason: string | null;
  startMode: string | null;
};

function toRun(row: Raw): ListRun {
  if (!isListState(row.state)) throw new Error(`the list ${row.id} has no known state`);
  return {
    ...row,
    state: row.state,
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
  | 'state'
  | 'pauseReason'
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

/** Announces to whoever watches these lists, when the transaction commits. */
export async function announceLists(ids: readonly string[], tx: Tx = db()): Promise<void> {
  await tx.$queryRaw`
    SELECT pg_notify('list', json_build_object('id', "id")::text)::text AS "sent" FROM unnest(${[...ids]}::text[]) AS t ("id")`;
}

/** What a hold still has, by the lists' own sum of what chunks under way may charge. Read it with the list locked. */
export async function findHoldAmounts(holdId: string, tx: Tx): Promise<{ amount: number; captured: number } | null> {
  return tx.creditHold.findFirst({ where: { id: holdId, closedAt: null }, select: { amount: true, captured: true } });
}

/** How many lists of a workspace are at work or about to be. */
export function countListsAtWork({ workspaceId }: Scope, tx: Tx): Promise<number> {
  return tx.list.count({ where: { workspaceId, state: { in: ['queued', 'running'] } } });
}

export interface StateOfList {
  id: string;
  state: string;
  run: number;
}

/** How lists stand now, for a process that works on them. */
export function listStatesOf(ids: readonly string[]): Promise<StateOfList[]> {
  return db().list.findMany({ where: { id: { in: [...ids] } }, select: { id: true, state: true, run: true }, take: ids.length });
}

export async function hasListsOutOfCredits({ workspaceId }: Scope, tx: Tx): Promise<boolean> {
  const where = { workspaceId, state: 'paused', pauseReason: 'out_of_credits' };
  return (await tx.list.findFirst({ where, select: { id: true } })) !== null;
}

/** Paused for want of credits, oldest first. */
export async function listPausedLists({ workspaceId }: Scope, take: number): Promise<string[]> {
  const rows = await db().list.findMany({
    where: { workspaceId, state: 'paused', pauseReason: 'out_of_credits' },
    orderBy: { id: 'asc' },
    take,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
