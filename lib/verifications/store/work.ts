// A verification as the worker sees it: load the work, write progress, postpone, finish. Only a pending row ever changes, so a second run
// of anything changes nothing. Each change is announced by NOTIFY when it commits.
import { z } from 'zod';
import { queryRow, queryRows, toJsonText } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db, type Tx } from '@/lib/platform/db/client';
import type { Scope } from '@/lib/platform/scope';
import type { EngineAnswer } from '@/lib/verdict/answer';
import type { Evidence, LayerReport } from '@/lib/verdict/evidence';
import type { Graded } from '@/lib/verdict/grade';
import type { GreylistTriplet } from '@/lib/verdict/mail-host';
import type { Reason } from '@/lib/verdict/verdict';
import { parseEvidence, parseLayers, parseTriplet } from '@/lib/verdict/stored';
import { lockedHold, type QuietCapture } from '@/lib/credits/holds';
import { isHeardColumn } from '@/lib/webhooks/emit';

/** Channel on which changes of verifications are announced: `{"id", "final"}`. */
export const VERIFICATION_CHANNEL = 'verification';

export interface VerificationWork {
  id: string;
  scope: Scope;
  email: string;
  /** Somebody is watching it live. */
  isWatched: boolean;
  isCharged: boolean;
  test: boolean;
  attempt: number;
  /** How often the check waited for our own pace or limits. */
  waits: number;
  triplet: GreylistTriplet | null;
  /** From earlier attempts. */
  evidence: Evidence[];
}

const WorkRow = z.object({
  id: z.string(),
  workspaceId: z.string(),
  email: z.string(),
  source: z.string(),
  test: z.boolean(),
  attempt: z.int(),
  waits: z.int(),
  triplet: z.unknown(),
  evidence: z.unknown(),
});
type WorkRow = z.infer<typeof WorkRow>;

/** The work behind a job. Null if there is none: it is final, deleted, or its next attempt is not due yet. */
export async function findDueWork(id: string): Promise<VerificationWork | null> {
  // Uses the database's clock, which also decides when a job is due: a worker's own clock may be slow.
  const row = await queryRow(
    WorkRow,
    Prisma.sql`/* kept */
    SELECT "id", "workspaceId", "email", "source", "test", "attempt", "waits", "triplet", "evidence" FROM "Verification"
    WHERE "id" = ${id} AND "status" = 'pending' AND ("retryAt" IS NULL OR "retryAt" <= timezone('UTC', clock_timestamp()))`,
  );
  if (!row) return null;
  return {
    id: row.id,
    scope: { workspaceId: row.workspaceId },
    email: row.email,
    isWatched: row.source !== 'api',
    isCharged: isCharged(row),
    test: row.test,
    attempt: row.attempt,
    waits: row.waits,
    triplet: parseTriplet(row.triplet),
    evidence: parseEvidence(row.evidence),
  };
}

export interface PendingWork {
  scope: Scope;
  email: string;
  isCharged: boolean;
  evidence: Evidence[];
  layers: LayerReport[];
}

/** A pending row, whether or not its next attempt is due. Used for giving it up. */
export async function findPending(id: string): Promise<PendingWork | null> {
  const row = await db().verification.findFirst({
    where: { id, status: 'pending' },
    select: { workspaceId: true, email: true, source: true, test: true, evidence: true, layers: true },
  });
  if (!row) return null;
  return {
    scope: { workspaceId: row.workspaceId },
    email: row.email,
    isCharged: isCharged(row),
    evidence: parseEvidence(row.evidence),
    layers: parseLayers(row.layers),
  };
}

/** Whether a credit was held for it. */
const isCharged = (row: { source: string; test: boolean }): boolean => row.source !== 'landing' && !row.test;

/** The layers that have answered so far, for those who watch. */
export async function writeProgress({ workspaceId }: Scope, id: string, layers: readonly LayerReport[]): Promise<void> {
  await db().$queryRaw`
    WITH changed AS (
      UPDATE "Verification" SET "layers" = ${toJsonText(layers)}::jsonb
      WHERE "id" = ${id} AND "workspaceId" = ${workspaceId} AND "status" = 'pending' RETURNING "id"
    )
    SELECT pg_notify(${VERIFICATION_CHANNEL}, json_build_object('id', "id", 'final', false)::text)::text AS "sent" FROM changed`;
}

export interface Postponement {
  id: string;
  /** The attempt that was just made or is still to be made, and the waits before it. A row that is further along stays as it is. */
  attempt: number;
  waits: number;
  /** The check only waited, so the attempt is still to be made. */
  isWait: boolean;
  retryAt: Date;
  triplet: GreylistTriplet | null;
  layers: readonly LayerReport[];
  evidence: readonly Evidence[];
}

/** Stores what an attempt found and when the next one is due. False if the row is final or further along. */
export async function postponeWork({ workspaceId }: Scope, next: Postponement, tx: Tx): Promise<boolean> {
  const rows = await queryRows(
    z.unknown(),
    Prisma.sql`
    WITH changed AS (
      UPDATE "Verification" SET "attempt" = "attempt" + ${next.isWait ? 0 : 1}, "waits" = "waits" + ${next.isWait ? 1 : 0}, "retryAt" = ${next.retryAt.toISOString()}::timestamp,
        "triplet" = ${toJsonText(next.triplet)}::jsonb, "layers" = ${toJsonText(next.layers)}::jsonb,
        "evidence" = ${toJsonText(next.evidence)}::jsonb
      WHERE "id" = ${next.id} AND "workspaceId" = ${workspaceId} AND "status" = 'pending' AND "attempt" = ${next.attempt} AND "waits" = ${next.waits}
      RETURNING "id"
    )
    SELECT pg_notify(${VERIFICATION_CHANNEL}, json_build_object('id', "id", 'final', false)::text)::text AS "sent" FROM changed`,
    tx,
  );
  return rows.length > 0;
}

export interface Completion {
  id: string;
  answer: Omit<EngineAnswer, 'askAgain' | 'durationMs'>;
  /** Only for a catch-all answer. */
  graded: Graded | null;
  creditsCharged: number;
  holdSourceKey: string;
}

const Finished = z.object({
  /** The row's open hold, if there is one. The hold and its balance are locked. */
  holdId: z.string().nullable(),
  source: z.string(),
  apiKeyId: z.string().nullable(),
  /** The API answered 202. */
  toldPending: z.boolean(),
  /** A webhook listens for `verification.completed`. */
  isHeard: z.boolean(),
  /** For a visitor's check. */
  freeCounters: z.array(z.string()),
});
export type Finished = z.infer<typeof Finished>;

/** The maximum of an integer column: a check may have waited for weeks while no worker was running. */
const INT_MAX = 2_147_483_647;

/** The final answer, and how long it took since the request. Null if the row was already final. */
export async function finishWork(scope: Scope, completion: Completion, tx: Tx): Promise<Finished | null> {
  const { id, holdSourceKey } = completion;
  return queryRow(
    Finished,
    Prisma.sql`/* kept */
    WITH changed AS (
      UPDATE "Verification" SET ${answered(completion)}
      WHERE "id" = ${id} AND "workspaceId" = ${scope.workspaceId} AND "status" = 'pending'
      RETURNING "id", "source", "apiKeyId", "toldPending", "freeCounters"
    ), ${lockedHold(scope, holdSourceKey)}
    SELECT ${ANNOUNCED}, "source",
      "apiKeyId", "toldPending", "freeCounters", ${isHeardColumn(scope, 'verification.completed')} AS "isHeard",
      (SELECT held."id" FROM held JOIN locked ON true) AS "holdId"
    FROM changed`,
    tx,
  );
}

/**
 * The same in one statement, with its charge if there is one, if only the waiting request has to be told. False if nothing was changed,
 * because somebody else has to be told or the charge needs a closer look, or because the row was already final.
 */
export async function finishQuietly(scope: Scope, completion: Completion, charge: QuietCapture | null): Promise<boolean> {
  const finished = await queryRow(
    z.unknown(),
    Prisma.sql`/* kept */
    WITH due AS (
      SELECT "id", "source", "apiKeyId" FROM "Verification"
      WHERE "id" = ${completion.id} AND "workspaceId" = ${scope.workspaceId} AND "status" = 'pending' AND NOT "toldPending"
        AND NOT ${isHeardColumn(scope, 'verification.completed')} FOR UPDATE
    ), ${charge === null ? Prisma.empty : Prisma.sql`${charge.funds},`} changed AS (
      UPDATE "Verification" SET ${answered(completion)}
      FROM due ${charge === null ? Prisma.empty : Prisma.sql`CROSS JOIN funds`} WHERE "Verification"."id" = due."id"
      RETURNING "Verification"."id"
    )${charge === null ? Prisma.empty : Prisma.sql`, ${charge.booked}`}
    SELECT ${ANNOUNCED} FROM changed`,
  );
  return finished !== null;
}

/** The usage that `finishQuietly` counts: one answer of the row. */
export const answerUsage = ({ reason, credits }: { reason: Reason | null; credits: number }): Prisma.Sql => Prisma.sql`(
      SELECT jsonb_build_array(jsonb_build_object('apiKeyId', "apiKeyId", 'source', "source", 'reason', ${reason}::text, 'answers', 1,
        'credits', ${credits}::int)) FROM due)`;

const ANNOUNCED = Prisma.sql`pg_notify(${VERIFICATION_CHANNEL}, json_build_object('id', changed."id", 'final', true)::text)::text AS "sent"`;

const answered = ({ answer, graded, creditsCharged }: Completion): Prisma.Sql => {
  const { verdict, mx } = answer;
  return Prisma.sql`"status" = ${verdict.status}, "reason" = ${verdict.reason}, "score" = ${verdict.score},
        "grade" = ${graded?.grade ?? null}, "gradeBasis" = ${graded?.basis ?? 0}::int, "flags" = ${toJsonText(verdict.flags)}::jsonb, "didYouMean" = ${answer.didYouMean}, "normalized" = ${answer.normalized},
        "canonical" = ${answer.canonical}, "mxHost" = ${mx.host}, "mxProvider" = ${mx.provider}, "mxGateway" = ${mx.gateway},
        "layers" = ${toJsonText(answer.layers)}::jsonb, "evidence" = ${toJsonText(answer.evidence)}::jsonb,
        "creditsCharged" = ${creditsCharged},
        "durationMs" = LEAST(GREATEST(0, round(extract(epoch FROM timezone('UTC', clock_timestamp()) - "createdAt") * 1000)), ${INT_MAX})::int, "retryAt" = NULL, "triplet" = NULL,
        "checkedAt" = timezone('UTC', clock_timestamp())`;
};

/** Records that the client is told 202. False if the row is already final, so that there is an answer. */
export async function markToldPending({ workspaceId }: Scope, id: string): Promise<boolean> {
  const changed = await db().$executeRaw`
    UPDATE "Verification" SET "toldPending" = true WHERE "id" = ${id} AND "workspaceId" = ${workspaceId} AND "status" = 'pending'`;
  return changed > 0;
}
