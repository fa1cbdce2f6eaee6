// What the status page reads and the sampling task writes. It counts what the other nouns have written, and never reads an address, a name
// or whose a row is. Times are by the database's clock.
import { z } from 'zod';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db, type Tx } from '@/lib/platform/db/client';
import { queryOne, queryRow, queryRows } from '@/lib/platform/db/rows';
import { STATUS_DAYS } from '@/lib/platform/limits';
import { DEAD_AFTER_S } from '@/lib/platform/workers';
import { SANDBOX_ZONE } from '@/lib/verdict/sandbox-catalog';
import { codesOfReason, codesOfStatus, type Reason } from '@/lib/verdict/verdict';
import { COMPONENTS, type Component, type SampleState } from './rules';

/** No host was reached: the reasons that a closed outgoing port 25 leads to. */
const NOT_REACHED: readonly Reason[] = ['connect_failed', 'no_response', 'timeout'];
/** A mail host answered, whatever it said. */
const REACHED: readonly Reason[] = [
  ...(['mailbox_exists', 'mailbox_not_found', 'mailbox_disabled', 'mailbox_full', 'catch_all'] as const),
  ...(['greylisted', 'rate_limited', 'probe_blocked', 'temporary_failure', 'ambiguous_reply'] as const),
];

const VitalsRow = z.object({
  nowMs: z.number(),
  /** Waiting time of a check that is due and not taken by any worker. */
  checkWaitS: z.number(),
  /** Waiting time of a delivery that is due. */
  webhookWaitS: z.number(),
  workers: z.int(),
  resolverTroubles: z.int(),
});
export type Vitals = z.infer<typeof VitalsRow>;

export const readVitals = (): Promise<Vitals> =>
  queryOne(
    VitalsRow,
    Prisma.sql`
    SELECT extract(epoch FROM now())::float8 * 1000 AS "nowMs",
      COALESCE((SELECT extract(epoch FROM now() - MIN("run_at")) FROM graphile_worker.jobs
        WHERE "task_identifier" = 'verify-address' AND "locked_at" IS NULL AND "attempts" < "max_attempts" AND "run_at" <= now()), 0)::float8
        AS "checkWaitS",
      COALESCE((SELECT extract(epoch FROM timezone('UTC', now()) - MIN("nextAttemptAt")) FROM "WebhookDelivery"
        WHERE "state" = 'pending' AND "nextAttemptAt" <= timezone('UTC', now())), 0)::float8 AS "webhookWaitS",
      COUNT(*)::int AS "workers",
      COUNT(*) FILTER (WHERE "resolver" <> 'healthy')::int AS "resolverTroubles"
    FROM "WorkerHeartbeat" WHERE "beatAt" > timezone('UTC', now()) - make_interval(secs => ${DEAD_AFTER_S})`,
  );

/** Epoch milliseconds of the newest sample; null if there is none. */
export async function findLastSample(tx: Tx): Promise<number | null> {
  const row = await queryRow(
    z.object({ at: z.date().nullable() }),
    Prisma.sql`SELECT MAX("sampledAt") AS "at" FROM "StatusDay" WHERE "component" = 'worker'`,
    tx,
  );
  return row?.at?.getTime() ?? null;
}

/** Counts a sample. False if a sample of that interval was already counted; then nothing was changed. */
export async function addSample(component: Component, state: SampleState, slotMs: number, tx: Tx): Promise<boolean> {
  const at = new Date(slotMs);
  const changed = await tx.$executeRaw`
    INSERT INTO "StatusDay" AS d ("component", "day", "samples", "degraded", "failed", "state", "firstAt", "sampledAt")
    VALUES (${component}, ${at}::date, 1, ${Number(state === 'degraded')}, ${Number(state === 'failed')}, ${state}, ${at}, ${at})
    ON CONFLICT ("component", "day") DO UPDATE SET "samples" = d."samples" + 1, "degraded" = d."degraded" + EXCLUDED."degraded",
      "failed" = d."failed" + EXCLUDED."failed", "state" = EXCLUDED."state", "sampledAt" = EXCLUDED."sampledAt"
    WHERE d."sampledAt" < EXCLUDED."sampledAt"`;
  return changed > 0;
}

interface Window {
  fromMs: number;
  toMs: number;
}

const OutcomeRow = z.object({ provider: z.string(), reached: z.int(), notReached: z.int(), asked: z.int(), answered: z.int() });
export type Outcomes = z.infer<typeof OutcomeRow>;

/** What mail hosts answered in a time window, by provider ('' if unknown). Excludes remembered answers, tests and the sandbox. */
export function readOutcomes({ fromMs, toMs }: Window, tx: Tx): Promise<Outcomes[]> {
  const [from, to] = [new Date(fromMs), new Date(toMs)];
  const sandbox = `%.${SANDBOX_ZONE}`;
  const codes = (reasons: readonly Reason[]) => reasons.flatMap((reason) => codesOfReason(reason));
  return queryRows(
    OutcomeRow,
    Prisma.sql`
    WITH finals AS (
      SELECT COALESCE("mxProvider", '') AS "provider", "reason" = ANY(${[...REACHED]}::text[]) AS "isReached",
        "reason" = ANY(${[...NOT_REACHED]}::text[]) AS "isNotReached", "status" <> 'unknown' AS "isAnswered"
      FROM "Verification"
      WHERE "status" IN ('deliverable', 'risky', 'unknown', 'undeliverable') AND "createdAt" >= ${from} AND "createdAt" < ${to}
        AND NOT "test" AND NOT "cached" AND "email" NOT LIKE ${sandbox}
      UNION ALL
      SELECT r."provider", r."reason" = ANY(${codes(REACHED)}::int[]), r."reason" = ANY(${codes(NOT_REACHED)}::int[]),
        r."reason" <> ALL(${[...codesOfStatus('unknown')]}::int[])
      FROM "ListResult" r JOIN "List" l ON l."id" = r."listId"
      WHERE r."checkedAt" >= ${from} AND r."checkedAt" < ${to} AND NOT r."cached" AND NOT l."test" AND r."domain" NOT LIKE ${sandbox})
    SELECT "provider", COUNT(*) FILTER (WHERE "isReached")::int AS "reached", COUNT(*) FILTER (WHERE "isNotReached")::int AS "notReached",
      COUNT(*)::int AS "asked", COUNT(*) FILTER (WHERE "isAnswered")::int AS "answered"
    FROM finals GROUP BY 1`,
    tx,
  );
}

export async function addOutcomes(outcomes: readonly Outcomes[], slotMs: number, tx: Tx): Promise<void> {
  const known = outcomes.filter(({ provider }) => provider !== '');
  await tx.$executeRaw`
    INSERT INTO "StatusProviderDay" AS d ("provider", "day", "asked", "answered")
    SELECT t."provider", ${new Date(slotMs)}::date, t."asked", t."answered"
    FROM unnest(${known.map(({ provider }) => provider)}::text[], ${known.map(({ asked }) => asked)}::int[],
      ${known.map(({ answered }) => answered)}::int[]) AS t ("provider", "asked", "answered")
    ON CONFLICT ("provider", "day") DO UPDATE SET "asked" = d."asked" + EXCLUDED."asked", "answered" = d."answered" + EXCLUDED."answered"`;
}

export async function deleteOldDays(slotMs: number, tx: Tx): Promise<void> {
  const oldest = Prisma.sql`${new Date(slotMs)}::date - ${STATUS_DAYS - 1}::int`;
  await tx.$executeRaw`DELETE FROM "StatusDay" WHERE "day" < ${oldest}`;
  await tx.$executeRaw`DELETE FROM "StatusProviderDay" WHERE "day" < ${oldest}`;
}

const DayRow = z.object({
  component: z.enum(COMPONENTS),
  day: z.string(),
  samples: z.int(),
  degraded: z.int(),
  failed: z.int(),
  state: z.enum(['operational', 'degraded', 'failed']),
  firstAt: z.date(),
  sampledAt: z.date(),
});
export type StatusDayRow = z.infer<typeof DayRow>;

/** At most `STATUS_DAYS` rows per component. */
export const listDays = (): Promise<StatusDayRow[]> =>
  queryRows(
    DayRow,
    Prisma.sql`
    SELECT "component", "day"::text AS "day", "samples", "degraded", "failed", "state", "firstAt", "sampledAt"
    FROM "StatusDay" WHERE "day" > timezone('UTC', now())::date - ${STATUS_DAYS}::int ORDER BY "day"`,
    db(),
  );

const ProviderRow = z.object({ provider: z.string(), day: z.string(), asked: z.int(), answered: z.int() });

/** At most `STATUS_DAYS` rows for each provider for which the engine has a card. */
export const listProviderDays = (): Promise<z.infer<typeof ProviderRow>[]> =>
  queryRows(
    ProviderRow,
    Prisma.sql`
    SELECT "provider", "day"::text AS "day", "asked", "answered" FROM "StatusProviderDay"
    WHERE "day" > timezone('UTC', now())::date - ${STATUS_DAYS}::int ORDER BY "day"`,
    db(),
  );
