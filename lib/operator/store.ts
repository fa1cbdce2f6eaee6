// What the operator's pages read about the whole installation: sending health, jobs, workers and the workers' resolver reports. It only
// reads (workers write these rows), except for a worker's report on its DNS resolver. Times are by the database's clock. Payloads and
// error texts of jobs are never read, because they may contain addresses.
import { z } from 'zod';
import { queryRow, queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db } from '@/lib/platform/db/client';
import { DEAD_AFTER_S } from '@/lib/platform/workers';
import { isResolverState, isTrouble, type ResolverHealth, type ResolverTrouble } from '@/lib/verdict/health';
import { HEALTH_STATES, type HealthState } from './rules';

const HealthRow = z.object({
  identity: z.string(),
  provider: z.string(),
  state: z.enum(HEALTH_STATES),
  pace: z.number(),
  slowedAt: z.date().nullable(),
  windowAt: z.date(),
  answered: z.int(),
  refused: z.int(),
  restsUntil: z.date().nullable(),
  rests: z.int(),
  lastRefusalAt: z.date().nullable(),
  lastRefusal: z.string().nullable(),
});
export type HealthRow = z.infer<typeof HealthRow>;

/** The position of a row in the order. The next page continues after it. */
export type HealthPlace = Pick<HealthRow, 'state' | 'refused' | 'identity' | 'provider'>;

export interface HealthQuery {
  identity?: string | undefined;
  provider?: string | undefined;
  state?: HealthState | undefined;
  after?: HealthPlace | undefined;
  take: number;
}

const TaskQueueRow = z.object({
  task: z.string(),
  running: z.int(),
  waiting: z.int(),
  waitingSince: z.date().nullable(),
  later: z.int(),
  afterError: z.int(),
  nextAt: z.date().nullable(),
  failed: z.int(),
});
export type TaskQueueRow = z.infer<typeof TaskQueueRow>;

const WorkerRow = z.object({
  workerId: z.string(),
  host: z.string(),
  pid: z.int(),
  startedAt: z.date(),
  beatAt: z.date(),
  silentS: z.int(),
  isAlive: z.boolean(),
  jobs: z.int(),
});
export type WorkerRow = z.infer<typeof WorkerRow>;

const ReportRow = z.object({
  resolver: z.string(),
  resolverChosen: z.boolean(),
  resolverDetail: z.string().nullable(),
});
type ReportRow = z.infer<typeof ReportRow>;

/** A pace below 1 that was never lowered is still growing for the first time. */
const HEALTH_STATE = Prisma.sql`CASE
  WHEN "restsUntil" > timezone('UTC', now()) THEN 'resting'
  WHEN "restsUntil" IS NOT NULL THEN 'trial'
  WHEN "pace" < 1 AND "slowedAt" IS NOT NULL THEN 'slowed'
  ELSE 'working' END`;
const healthRankOf = (state: Prisma.Sql): Prisma.Sql => Prisma.sql`array_position(${[...HEALTH_STATES]}::text[], ${state})`;
const HEALTH_RANK = healthRankOf(Prisma.sql`"state"`);

/** In a fixed order: most urgent state first, then most refusals. */
export function listHealthRows({ state, after, take, ...filter }: HealthQuery): Promise<HealthRow[]> {
  const ofState = state === undefined ? Prisma.empty : Prisma.sql`AND "state" = ${state}`;
  const behind =
    after === undefined
      ? Prisma.empty
      : Prisma.sql`AND (${HEALTH_RANK}, -"refused", "identity", "provider") >
          (${healthRankOf(Prisma.sql`${after.state}`)}, ${-after.refused}::int, ${after.identity}, ${after.provider})`;
  return queryRows(
    HealthRow,
    Prisma.sql`
    SELECT "identity", "provider", "state", "pace", "slowedAt", "windowAt", "answered", "refused", "restsUntil", "rests",
      "lastRefusalAt", "lastRefusal"
    FROM (${matchingHealth(filter)}) health WHERE true ${ofState} ${behind}
    ORDER BY ${HEALTH_RANK}, "refused" DESC, "identity", "provider" LIMIT ${take}`,
  );
}

export function countHealthStates(
  filter: Pick<HealthQuery, 'identity' | 'provider'>,
): Promise<{ state: HealthState; count: number }[]> {
  return db().$queryRaw`SELECT "state", COUNT(*)::int AS "count" FROM (${matchingHealth(filter)}) health GROUP BY 1`;
}

/** Names of the identities that have rows, in order. */
export async function listHealthIdentities(take: number): Promise<string[]> {
  const rows = await db().identityHealth.findMany({
    distinct: 'identity',
    orderBy: { identity: 'asc' },
    select: { identity: true },
    take,
  });
  return rows.map(({ identity }) => identity);
}

/** Only tasks that have a job, so at most as many rows as the product has tasks. */
export function countJobsByTask(): Promise<TaskQueueRow[]> {
  return queryRows(
    TaskQueueRow,
    Prisma.sql`
    WITH jobs AS (
      SELECT "task_identifier" AS "task", "run_at", "attempts", CASE
        WHEN "locked_at" IS NOT NULL THEN 'running'
        WHEN "attempts" >= "max_attempts" THEN 'failed'
        WHEN "run_at" > now() THEN 'later'
        ELSE 'waiting' END AS "state"
      FROM graphile_worker.jobs)
    SELECT "task",
      COUNT(*) FILTER (WHERE "state" = 'running')::int AS "running",
      COUNT(*) FILTER (WHERE "state" = 'waiting')::int AS "waiting",
      MIN("run_at") FILTER (WHERE "state" = 'waiting') AS "waitingSince",
      COUNT(*) FILTER (WHERE "state" = 'later')::int AS "later",
      COUNT(*) FILTER (WHERE "state" = 'later' AND "attempts" > 0)::int AS "afterError",
      MIN("run_at") FILTER (WHERE "state" = 'later') AS "nextAt",
      COUNT(*) FILTER (WHERE "state" = 'failed')::int AS "failed"
    FROM jobs GROUP BY 1 ORDER BY 1`,
  );
}

/** Most recently heard from first. Rows of workers that shut down properly are deleted; those of killed workers stay for a day. */
export function listWorkerRows(take: number): Promise<WorkerRow[]> {
  return queryRows(
    WorkerRow,
    Prisma.sql`
    WITH locks AS (
      SELECT "locked_by", COUNT(*) AS "jobs" FROM graphile_worker.jobs WHERE "locked_by" IS NOT NULL GROUP BY 1)
    SELECT "workerId", "host", "pid", "startedAt", "beatAt",
      GREATEST(0, extract(epoch FROM timezone('UTC', now()) - "beatAt"))::int AS "silentS",
      "beatAt" > timezone('UTC', now()) - make_interval(secs => ${DEAD_AFTER_S}) AS "isAlive",
      (SELECT COALESCE(SUM("jobs"), 0) FROM locks WHERE "locked_by" = ANY("queueIds"))::int AS "jobs"
    FROM "WorkerHeartbeat" ORDER BY "beatAt" DESC, "workerId" LIMIT ${take}`,
  );
}

/** The account created first; in local mode, the operator's. */
export async function findFirstUserId(): Promise<string | null> {
  const first = await db().user.findFirst({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], select: { id: true } });
  return first?.id ?? null;
}

/**
 * A worker's finding about its DNS resolver, stored with its heartbeat: it is valid as long as the worker is alive. The web only reads it,
 * since it asks no resolver itself.
 */
export async function writeResolverReport(workerId: string, { state, isChosen, detail }: ResolverHealth): Promise<void> {
  await db().$executeRaw`
    UPDATE "WorkerHeartbeat" SET "resolver" = ${state}, "resolverChosen" = ${isChosen}, "resolverDetail" = ${detail},
      "resolverCheckedAt" = timezone('UTC', now()) WHERE "workerId" = ${workerId}`;
}

/** The newest trouble that a live worker has with its resolver; null if none has. */
export async function findResolverTrouble(): Promise<ResolverTrouble | null> {
  const row = await queryRow(
    ReportRow,
    Prisma.sql`
    SELECT "resolver", "resolverChosen", "resolverDetail" FROM "WorkerHeartbeat"
    WHERE "beatAt" > timezone('UTC', now()) - make_interval(secs => ${DEAD_AFTER_S}) AND "resolver" <> 'healthy'
    ORDER BY "resolverChosen", "resolverCheckedAt" DESC LIMIT 1`,
  );
  if (row === null || !isResolverState(row.resolver)) return null;
  const health = { state: row.resolver, isChosen: row.resolverChosen, detail: row.resolverDetail };
  return isTrouble(health) ? health : null;
}

/** The rows that match the filter by identity and provider, each with its state. */
const matchingHealth = ({ identity, provider }: Pick<HealthQuery, 'identity' | 'provider'>): Prisma.Sql => Prisma.sql`
  SELECT *, ${HEALTH_STATE} AS "state" FROM "IdentityHealth"
  WHERE (${identity ?? null}::text IS NULL OR "identity" = ${identity ?? null})
    AND (${provider ?? null}::text IS NULL OR strpos(lower("provider"), lower(${provider ?? null})) > 0)`;
