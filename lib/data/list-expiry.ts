// Lists whose time is nearly over or over, in all workspaces and in bounded batches. Promises that a list is expired only after its notice,
// where there is somebody to tell and something to lose.
import { EXPIRY_NOTICE_DAYS, EXPIRY_NOTICE_MIN_HOURS } from '@/lib/domain/limits';
import { statesBefore } from '@/lib/domain/list';
import { db, type Tx } from './_client';
import { Prisma } from './_prisma/client';

/** Made on a page, with rows: a list that was never read, or that a program made, is expired without a word. */
const IS_TOLD = Prisma.sql`"createdById" IS NOT NULL AND "rows" > 0`;
const NOTICE_BEFORE = Prisma.sql`CASE WHEN "retentionDays" > ${EXPIRY_NOTICE_DAYS}::int THEN make_interval(days => ${EXPIRY_NOTICE_DAYS}::int)
  ELSE make_interval(hours => 12 * "retentionDays") END`;
const MAY_EXPIRE = Prisma.sql`"state" = ANY(${[...statesBefore('expired')]}::text[])`;

export interface DueList {
  id: string;
  workspaceId: string;
}

/** Marks those whose notice is due, and says which: each once, until its time changes. */
export function takeListsToNotice(take: number, tx: Tx): Promise<DueList[]> {
  return tx.$queryRaw<DueList[]>`
    UPDATE "List" SET "expiryNoticeAt" = timezone('UTC', clock_timestamp()) WHERE "id" IN (
      SELECT "id" FROM "List" WHERE "expiryNoticeAt" IS NULL AND ${MAY_EXPIRE} AND ${IS_TOLD}
        AND "expiresAt" <= timezone('UTC', clock_timestamp()) + ${NOTICE_BEFORE}
      ORDER BY "expiresAt" LIMIT ${take} FOR UPDATE SKIP LOCKED)
    RETURNING "id", "workspaceId"`;
}

export function listListsToExpire(take: number): Promise<DueList[]> {
  return db().$queryRaw<DueList[]>`
    SELECT "id", "workspaceId" FROM "List"
    WHERE "expiresAt" <= timezone('UTC', clock_timestamp()) AND ${MAY_EXPIRE} AND (NOT (${IS_TOLD})
      OR "expiryNoticeAt" <= timezone('UTC', clock_timestamp()) - make_interval(hours => ${EXPIRY_NOTICE_MIN_HOURS}::int))
    ORDER BY "expiresAt" LIMIT ${take}`;
}

/** Expired, with rows that are not known to be gone; also for a day after, for what somebody wrote at that very moment. */
export async function listListsToPurge(take: number): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "List" WHERE "state" = 'expired'
      AND ("rowsDeletedAt" IS NULL OR "rowsDeletedAt" > timezone('UTC', clock_timestamp()) - interval '1 day')
    ORDER BY "id" LIMIT ${take}`;
  return rows.map(({ id }) => id);
}
