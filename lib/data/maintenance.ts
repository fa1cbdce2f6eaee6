// What the scheduled tasks clear away, in batches of a bounded size, and the checks that have lost their job.
import { WEBHOOK_KEEP_DAYS } from '@/lib/domain/limits';
import { db } from './_client';

const BATCH_SIZE = 1_000;
const MAX_BATCHES = 100;

/** Runs a statement that removes at most one batch until it removes less than one; returns how many in all. */
async function inBatches(removeOne: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const removed = await removeOne();
    total += removed;
    if (removed < BATCH_SIZE) break;
  }
  return total;
}

/** Checks of visitors are kept for a day. */
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
 * Rows whose time is over: request keys, mailed links, probe counts, dead workers, rate limits, old facts of domains and of
 * identities at providers, events with their deliveries.
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
    () => client.$executeRaw`
      DELETE FROM "VerificationToken" WHERE "token" IN (
        SELECT "token" FROM "VerificationToken" WHERE "expires" < timezone('UTC', now()) LIMIT ${BATCH_SIZE})`,
    () => client.$executeRaw`
      DELETE FROM "DomainProbeCount" WHERE ("domain", "hour") IN (
        SELECT "domain", "hour" FROM "DomainProbeCount" WHERE "hour" < timezone('UTC', now()) - interval '2 hours' LIMIT ${BATCH_SIZE})`,
    () => client.$executeRaw`
      DELETE FROM "DomainProbePair" WHERE ("domain", "day") IN (
        SELECT "domain", "day" FROM "DomainProbePair" WHERE "day" < timezone('UTC', now())::date - 1 LIMIT ${BATCH_SIZE})`,
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
    // Their deliveries go with them.
    () => client.$executeRaw`
      DELETE FROM "WebhookEvent" WHERE "id" IN (
        SELECT "id" FROM "WebhookEvent"
        WHERE "createdAt" < timezone('UTC', now()) - make_interval(days => ${WEBHOOK_KEEP_DAYS}) LIMIT ${BATCH_SIZE})`,
    // The rate limiter's own column: epoch milliseconds.
    () => client.$executeRaw`
      DELETE FROM "rate_limit" WHERE "key" IN (
        SELECT "key" FROM "rate_limit" WHERE "expire" < extract(epoch FROM now()) * 1000 LIMIT ${BATCH_SIZE})`,
  ];
  let total = 0;
  for (const purge of purges) total += await inBatches(purge);
  return total;
}

export interface LostVerification {
  id: string;
  attempt: number;
  /** Its job is there and has failed for the last time; else there is none. */
  hasFailed: boolean;
}

/** Pending checks that were due long ago and that no job will ever finish. */
export function listLostVerifications(take: number): Promise<LostVerification[]> {
  return db().$queryRaw<LostVerification[]>`
    SELECT v."id", v."attempt", j."id" IS NOT NULL AS "hasFailed" FROM "Verification" v
    LEFT JOIN graphile_worker.jobs j ON j."key" = 'verify:' || v."id" || CASE WHEN v."attempt" = 0 THEN '' ELSE ':' || v."attempt" END
    WHERE v."status" = 'pending' AND v."createdAt" < timezone('UTC', now()) - interval '10 minutes'
      AND (v."retryAt" IS NULL OR v."retryAt" < timezone('UTC', now()) - interval '10 minutes')
      AND (j."id" IS NULL OR (j."attempts" >= j."max_attempts" AND j."locked_at" IS NULL))
    ORDER BY v."createdAt" LIMIT ${take}`;
}

/** Takes a failed job out of the queue. */
export async function removeJob(jobKey: string): Promise<void> {
  await db().$queryRaw`SELECT 1 AS "done" FROM graphile_worker.remove_job(${jobKey})`;
}
