// Deletes what a list's rows left in every table, in short statements, so that nobody waits long behind one. May stop anywhere and begin
// again. Call it only for a list that is expired or gone: nothing here looks.
import { PURGE_BATCH_ROWS } from '@/lib/domain/limits';
import { db, type Tx } from './_client';
import { Prisma } from './_prisma/client';

/** Tables by row number: a window of numbers is deleted without looking at what was deleted before. */
const BY_NUMBER = ['ListRow', 'ListResult'] as const;
/** Smaller ones, with how many of their rows one statement takes; a part of a file has 4 MB. */
const BY_OWNER = [
  { table: 'FileChunk', owner: 'fileId', take: 10 },
  { table: 'ListEvidence', owner: 'listId', take: 100 },
  { table: 'ListRetry', owner: 'listId', take: PURGE_BATCH_ROWS },
  { table: 'ListChunk', owner: 'listId', take: 1_000 },
  { table: 'ListDomain', owner: 'listId', take: 1_000 },
] as const;

const name = (word: string): Prisma.Sql => Prisma.raw(`"${word}"`);

/** True when nothing is left; false when the time was over before. */
export async function deleteListRows(listId: string, isOver: () => boolean): Promise<boolean> {
  for (const table of BY_NUMBER) if (!(await deleteByNumber(listId, table, isOver))) return false;
  for (const { table, owner, take } of BY_OWNER) {
    const remove = () => db().$executeRaw`
      DELETE FROM ${name(table)} WHERE ctid = ANY(ARRAY(SELECT ctid FROM ${name(table)} WHERE ${name(owner)} = ${listId} LIMIT ${take}))`;
    while ((await remove()) === take) if (isOver()) return false;
  }
  return true;
}

async function deleteByNumber(listId: string, table: string, isOver: () => boolean): Promise<boolean> {
  const [ends] = await db().$queryRaw<{ first: number | null; last: number | null }[]>`
    SELECT MIN("n") AS "first", MAX("n") AS "last" FROM ${name(table)} WHERE "listId" = ${listId}`;
  const { first = null, last = null } = ends ?? {};
  if (first === null || last === null) return true;
  for (let from = first; from <= last; from += PURGE_BATCH_ROWS) {
    if (isOver()) return false;
    await db().$executeRaw`
      DELETE FROM ${name(table)} WHERE "listId" = ${listId} AND "n" >= ${from} AND "n" < ${from + PURGE_BATCH_ROWS}`;
  }
  return true;
}

/** What the list itself still knew of its cells goes too; only the totals stay. The moment is that of the first time. */
export async function markRowsDeleted(listId: string): Promise<void> {
  await db().$executeRaw`
    UPDATE "List" SET "rowsDeletedAt" = COALESCE("rowsDeletedAt", timezone('UTC', clock_timestamp())),
      "columns" = (SELECT COALESCE(jsonb_agg(c || '{"samples": []}' ORDER BY "at"), '[]') FROM jsonb_array_elements("columns") WITH ORDINALITY AS t (c, "at"))
    WHERE "id" = ${listId} AND "state" = 'expired'`;
}

/** Of a list that is gone with its workspace nobody asks for totals. */
export async function deleteTallies(listId: string): Promise<void> {
  await db().$executeRaw`DELETE FROM "ListTally" WHERE "listId" = ${listId}`;
}

/** Their lists, before the workspaces go; the lists' rows are locked until the transaction ends. */
export async function lockListsOf(workspaceIds: readonly string[], tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "List" WHERE "workspaceId" = ANY(${[...workspaceIds]}::text[]) ORDER BY "id" FOR UPDATE`;
  return rows.map(({ id }) => id);
}
