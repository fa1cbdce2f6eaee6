// The credits of a list, each counted in one place and summed from there: what was charged in the tallies of its results, beside
// the ledger's entries of the same transaction; what is held in its hold; what chunks under way may still charge in these chunks.
// Read with the list locked, since each of them changes under that lock. Also the day's free answers, as statements over many lists
// join them.
import { z } from 'zod';
import { PLANS } from '@/lib/accounts/rules/plans';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db, type Tx } from '@/lib/platform/db/client';
import { queryOne } from '@/lib/platform/db/rows';

const SumRow = z.object({ credits: z.int() });

/** Over all its runs: an answer that is asked for again was free. */
export async function sumCharged(listId: string, tx: Tx = db()): Promise<number> {
  const statement = Prisma.sql`SELECT COALESCE(SUM("credits"), 0)::int AS "credits" FROM "ListTally" WHERE "listId" = ${listId}`;
  return (await queryOne(SumRow, statement, tx)).credits;
}

/** Of the hold, what chunks under way may still charge. */
export async function sumReserved({ id, run }: { id: string; run: number }, tx: Tx): Promise<number> {
  const statement = Prisma.sql`
    SELECT COALESCE(SUM("reserved"), 0)::int AS "credits" FROM "ListChunk"
    WHERE "listId" = ${id} AND "run" = ${run} AND "state" = 'running'`;
  return (await queryOne(SumRow, statement, tx)).credits;
}

/** Null where the hold is closed. What chunks under way have reserved of it is not free. */
export async function findHoldAmounts(holdId: string, tx: Tx): Promise<{ amount: number; captured: number } | null> {
  return tx.creditHold.findFirst({ where: { id: holdId, closedAt: null }, select: { amount: true, captured: true } });
}

/** What the workspace `w` was answered for free today: row `f`, if there is one. */
export const JOIN_FREE_ANSWERS = Prisma.sql`LEFT JOIN "FreeAnswerDay" f
  ON f."workspaceId" = w."id" AND f."day" = timezone('UTC', clock_timestamp())::date`;

/** What the plan of the workspace `w` allows a day. */
export const FREE_ANSWERS_ALLOWED = Prisma.sql`(CASE w."plan" ${Prisma.join(
  Object.entries(PLANS).map(([plan, { freeAnswersADay }]) => Prisma.sql`WHEN ${plan} THEN ${freeAnswersADay}::int`),
  ' ',
)} ELSE ${PLANS.free.freeAnswersADay}::int END)`;
