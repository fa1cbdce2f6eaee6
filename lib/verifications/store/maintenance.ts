// What the scheduled tasks delete once its time is over, in batches of bounded size, and the checks that have lost their job.
import { z } from 'zod';
import { queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { ENDED_SESSIONS_KEPT_DAYS, WEBHOOK_KEEP_DAYS } from '@/lib/platform/limits';
import { db } from '@/lib/platform/db/client';

const BATCH_SIZE = 1_000;
const MAX_BATCHES = 100;

/** Repeats a statement that deletes at most one batch until a batch is not full. Returns the total. */
async function inBatches(removeOne: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const removed = await removeOne();
    total += removed;
    if (removed < BATCH_SIZE) break;
  }
  return total;
}

/** Checks by visitors are kept for a day. */
export function purgeVisitorChecks(): Promise<number> {
  return inBatches(
    () => db().$executeRaw`
      DELETE FROM "Verification" WHERE "id" IN (
        SELECT "id" FROM "Verification" WHERE "source" = 'landing' AND "workspaceId" = 'visitors'
          AND "createdAt" < timezone('UTC', now()) - interval '24 hours'
        ORDER BY "id" LIMIT ${BATCH_SIZE})`,
  );
}

/**
 * Deletes rows whose time is over: request keys, sign-ups, sessions, mailed links, probe counts, uses of destinations, days of free
 * answers, dead workers, rate limits, old facts about domains and about identities at providers, and events with their deliveries.
 */
export async function purgeExpiredRows(): Promise<number> {
  const client = db();
  const purges = [
    () => client.$executeRaw`
      DELETE FROM "IdempotencyRecord" WHERE ("workspaceId", "key") IN (
        SELECT "workspaceId", "key" FROM "IdempotencyRecord" WHERE "expiresAt" < timezone('UTC', now()) LIMIT ${BATCH_SIZE})`,
    () => client.$executeRaw`
      DELETE FROM "AuthToken" WHERE "id" IN (
        SELECT "id" FROM "AuthToken" WHERE "expiresAt" < timezone('UTC', now()) - interval '7 days' LIMIT ${BATCH_SIZE})`,
    ...purgesOfAccounts(),
    () => client.$executeRaw`
      DELETE FROM "VerificationToken" WHERE "token" IN (
        SELECT "token" FROM "VerificationToken" WHERE "expires" < timezone('UTC', now()) LIMIT ${BATCH_SIZE})`,
    () => client.$executeRaw`
      DELETE FROM "DomainLookup" WHERE "domain" IN (
        SELECT "domain" FROM "DomainLookup" WHERE "checkedAt" < timezone('UTC', now()) - interval '1 day' LIMIT ${BATCH_SIZE})`,
    () => client.$executeRaw`
      DELETE FROM "DomainProbeCount" WHERE ("domain", "hour") IN (
        SELECT "domain", "hour" FROM "DomainProbeCount" WHERE "hour" < timezone('UTC', now()) - interval '2 hours' LIMIT ${BATCH_SIZE})`,
    () => client.$executeRaw`
      DELETE FROM "DomainUse" WHERE ("domain", "hour", "workspaceId") IN (
        SELECT "domain", "hour", "workspaceId" FROM "DomainUse"
        WHERE "hour" < timezone('UTC', now()) - interval '2 hours' LIMIT ${BATCH_SIZE})`,
    () => client.$executeRaw`
      DELETE FROM "DestinationUse" WHERE ("destination", "hour") IN (
        SELECT "destination", "hour" FROM "DestinationUse" WHERE "hour" < timezone('UTC', now()) - interval '2 hours' LIMIT ${BATCH_SIZE})`,
    () => client.$executeRaw`
      DELETE FROM "DomainProbePair" WHERE ("domain", "day") IN (
        SELECT "domain", "day" FROM "DomainProbePair" WHERE "day" < timezone('UTC', now())::date - 1 LIMIT ${BATCH_SIZE})`,
    () => client.$executeRaw`
      DELETE FROM "FreeAnswerDay" WHERE ("workspaceId", "day") IN (
        SELECT "workspaceId", "day" FROM "FreeAnswerDay" WHERE "day" < timezone('UTC', now())::date - 7 LIMIT ${BATCH_SIZE})`,
    () => client.$executeRaw`
      DELETE FROM "DomainFact" WHERE "domain" IN (
        SELECT "domain" FROM "DomainFact" WHERE "checkedAt" < timezone('UTC', now()) - interval '30 days' LIMIT ${BATCH_SIZE})`,
    () => client.$executeRaw`
      DELETE FROM "IdentityHealth" WHERE ("identity", "provider") IN (
        SELECT "identity", "provider" FROM "IdentityHealth"
        WHERE "updatedAt" < timezone('UTC', now()) - interval '7 days' LIMIT ${BATCH_SIZE})`,
    () => client.$executeRaw`
      DELETE FROM "WorkerHeartbeat" WHERE "workerId" IN (
        SELECT "workerId" FROM "WorkerHeartbeat" WHERE "beatAt" < timezone('UTC', now()) - interval '1 day' LIMIT ${BATCH_SIZE})`,
    // Their deliveries are deleted with them.
    () => client.$executeRaw`
      DELETE FROM "WebhookEvent" WHERE "id" IN (
        SELECT "id" FROM "WebhookEvent"
        WHERE "createdAt" < timezone('UTC', now()) - make_interval(days => ${WEBHOOK_KEEP_DAYS}) LIMIT ${BATCH_SIZE})`,
    // Callbacks of lists that are gone. A list is created right after its callback.
    () => client.$executeRaw`
      DELETE FROM "WebhookEndpoint" WHERE "id" IN (
        SELECT p."id" FROM "WebhookEndpoint" p
        WHERE p."listId" IS NOT NULL AND p."createdAt" < timezone('UTC', now()) - interval '1 day'
          AND NOT EXISTS (SELECT 1 FROM "List" l WHERE l."id" = p."listId") LIMIT ${BATCH_SIZE})`,
    // The rate limiter's own column, in epoch milliseconds.
    () => client.$executeRaw`
      DELETE FROM "rate_limit" WHERE "key" IN (
        SELECT "key" FROM "rate_limit" WHERE "expire" < extract(epoch FROM now()) * 1000 LIMIT ${BATCH_SIZE})`,
  ];
  let total = 0;
  for (const purge of purges) total += await inBatches(purge);
  return total;
}

/** Claims of free credits, sign-ups and sessions whose time is over. */
const purgesOfAccounts = () => [
  // A deleted workspace's claim is kept for its month, so that its mailbox gets no second grant in that month.
  () => db().$executeRaw`
    DELETE FROM "FreeCreditClaim" WHERE "mailboxHash" IN (
      SELECT "mailboxHash" FROM "FreeCreditClaim" c WHERE "month" < to_char(timezone('UTC', now()), 'YYYY-MM')
        AND NOT EXISTS (SELECT 1 FROM "Workspace" w WHERE w."id" = c."workspaceId") LIMIT ${BATCH_SIZE})`,
  () => db().$executeRaw`
    DELETE FROM "SignUp" WHERE "id" IN (
      SELECT "id" FROM "SignUp" WHERE "expiresAt" < timezone('UTC', now()) - interval '1 day' LIMIT ${BATCH_SIZE})`,
  () => db().$executeRaw`
    DELETE FROM "UserSession" WHERE "id" IN (
      SELECT "id" FROM "UserSession"
      WHERE LEAST("endedAt", "expiresAt") < timezone('UTC', now()) - make_interval(days => ${ENDED_SESSIONS_KEPT_DAYS})
      LIMIT ${BATCH_SIZE})`,
];

const LostVerification = z.object({
  id: z.string(),
  attempt: z.int(),
  waits: z.int(),
  /** True if its job has failed for the last time; otherwise there is no job. */
  hasFailed: z.boolean(),
});
export type LostVerification = z.infer<typeof LostVerification>;

/** Pending checks that have been due for a while and that no job will finish. */
export function listLostVerifications(take: number): Promise<LostVerification[]> {
  return queryRows(
    LostVerification,
    Prisma.sql`
    SELECT v."id", v."attempt", v."waits", j."id" IS NOT NULL AS "hasFailed" FROM "Verification" v
    LEFT JOIN graphile_worker.jobs j ON j."key" = 'verify:' || v."id" || CASE WHEN v."attempt" = 0 THEN '' ELSE ':' || v."attempt" END
      || CASE WHEN v."waits" = 0 THEN '' ELSE ':w' || v."waits" END
    WHERE v."status" = 'pending' AND v."createdAt" < timezone('UTC', now()) - interval '10 minutes'
      AND (v."retryAt" IS NULL OR v."retryAt" < timezone('UTC', now()) - interval '10 minutes')
      AND (j."id" IS NULL OR (j."attempts" >= j."max_attempts" AND j."locked_at" IS NULL))
    ORDER BY v."createdAt" LIMIT ${take}`,
  );
}

/** Removes a failed job from the queue. */
export async function removeJob(jobKey: string): Promise<void> {
  await db().$queryRaw`SELECT 1 AS "done" FROM graphile_worker.remove_job(${jobKey})`;
}
