// Rows of a list that are asked again at their time: which attempt it was, the triplet to repeat, and what was said before.
import type { Evidence } from '@/lib/domain/evidence';
import type { GreylistTriplet } from '@/lib/domain/mail-host';
import { db, type Tx } from './_client';
import type { Scope } from './scope';
import { parseEvidence, parseTriplet, toJsonText } from './verification-json';

export interface RowToAsk {
  n: number;
  email: string;
  domain: string;
  /** Attempts that were made before. */
  attempt: number;
  triplet: GreylistTriplet | null;
  evidence: Evidence[];
  /** It waited for its time, and is remembered for it. */
  hasWaited: boolean;
}

/**
 * The rows of a chunk with what they must remember; without those that have their result. Each is looked up by its number (a subquery
 * with an offset, a lateral one with a limit): a join would read all results of the list for every chunk of it.
 */
export async function listRowsToAsk(listId: string, rows: readonly number[]): Promise<RowToAsk[]> {
  const found = await db().$queryRaw<
    { n: number; email: string; domain: string; attempt: number | null; triplet: unknown; evidence: unknown }[]
  >`
    SELECT r."n", r."email", r."domain", w."attempt", w."triplet", w."evidence" FROM "ListRow" r
    LEFT JOIN LATERAL (
      SELECT w."attempt", w."triplet", w."evidence" FROM "ListRetry" w WHERE w."listId" = r."listId" AND w."n" = r."n" LIMIT 1
    ) w ON true
    WHERE r."listId" = ${listId} AND r."n" = ANY(${[...rows]}::int[])
      AND NOT EXISTS (SELECT 1 FROM "ListResult" x WHERE x."listId" = r."listId" AND x."n" = r."n" OFFSET 0)
    ORDER BY r."n"`;
  return found.map(({ n, email, domain, attempt, triplet, evidence }) => ({
    n,
    email,
    domain,
    attempt: attempt ?? 0,
    triplet: attempt === null ? null : parseTriplet(triplet),
    evidence: attempt === null ? [] : parseEvidence(evidence),
    hasWaited: attempt !== null,
  }));
}

export interface ListRetry {
  n: number;
  /** Made so far. */
  attempt: number;
  dueAt: Date;
  triplet: GreylistTriplet | null;
  evidence: readonly Evidence[];
}

export async function keepRetries(listId: string, retries: readonly ListRetry[], tx: Tx): Promise<void> {
  if (retries.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO "ListRetry" ("listId", "n", "attempt", "dueAt", "triplet", "evidence")
    SELECT ${listId}, t."n", t."attempt", t."dueAt"::timestamp, t."triplet"::jsonb, t."evidence"::jsonb
    FROM unnest(${retries.map(({ n }) => n)}::int[], ${retries.map(({ attempt }) => attempt)}::smallint[],
      ${retries.map(({ dueAt }) => dueAt.toISOString())}::text[], ${retries.map(({ triplet }) => toJsonText(triplet))}::text[],
      ${retries.map(({ evidence }) => toJsonText(evidence))}::text[]) AS t ("n", "attempt", "dueAt", "triplet", "evidence")
    ON CONFLICT ("listId", "n") DO UPDATE SET
      "attempt" = EXCLUDED."attempt", "dueAt" = EXCLUDED."dueAt", "triplet" = EXCLUDED."triplet", "evidence" = EXCLUDED."evidence"`;
}

export async function deleteRetries(listId: string, rows: readonly number[], tx: Tx): Promise<void> {
  await tx.$executeRaw`DELETE FROM "ListRetry" WHERE "listId" = ${listId} AND "n" = ANY(${[...rows]}::int[])`;
}

/** Whom to tell of a list's end: its maker's confirmed address; null where it came through the API or the account is gone. */
export async function findListMaker({ workspaceId }: Scope, listId: string): Promise<string | null> {
  const rows = await db().$queryRaw<{ email: string }[]>`
    SELECT u."email" FROM "List" l JOIN "User" u ON u."id" = l."createdById"
    WHERE l."id" = ${listId} AND l."workspaceId" = ${workspaceId}`;
  return rows[0]?.email ?? null;
}
