// A verification as the worker sees it: load the work, write progress, postpone, finish. Promises that only a pending row
// ever changes, so a second run of anything changes nothing, and that each change is announced by NOTIFY when it commits.
import { db, type Tx } from './_client';
import type { Scope } from './scope';
import { parseEvidence, parseLayers, parseTriplet, toJsonText } from './verification-json';
import type { EngineAnswer } from '@/lib/domain/answer';
import type { Evidence } from '@/lib/domain/evidence';
import type { LayerReport } from '@/lib/domain/layer';
import type { GreylistTriplet } from '@/lib/domain/mail-host';

/** Channel on which changes of verifications are announced: `{"id", "final"}`. */
export const VERIFICATION_CHANNEL = 'verification';

export interface VerificationWork {
  id: string;
  scope: Scope;
  email: string;
  /** Somebody watches it live. */
  isWatched: boolean;
  isCharged: boolean;
  test: boolean;
  attempt: number;
  triplet: GreylistTriplet | null;
  /** Of earlier attempts. */
  evidence: Evidence[];
}

interface WorkRow {
  id: string;
  workspaceId: string;
  email: string;
  source: string;
  test: boolean;
  attempt: number;
  triplet: unknown;
  evidence: unknown;
}

/** The work behind a job, or null when there is nothing to do: final, deleted, or its next attempt is not due yet. */
export async function findDueWork(id: string): Promise<VerificationWork | null> {
  // By the database's clock, which also says when a job is due: a worker's own clock may be late.
  const [row] = await db().$queryRaw<WorkRow[]>`
    SELECT "id", "workspaceId", "email", "source", "test", "attempt", "triplet", "evidence" FROM "Verification"
    WHERE "id" = ${id} AND "status" = 'pending' AND ("retryAt" IS NULL OR "retryAt" <= timezone('UTC', clock_timestamp()))`;
  if (!row) return null;
  return {
    id: row.id,
    scope: { workspaceId: row.workspaceId },
    email: row.email,
    isWatched: row.source !== 'api',
    isCharged: isCharged(row),
    test: row.test,
    attempt: row.attempt,
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

/** A pending row whether its next attempt is due or not, to give it up. */
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

/** The layers heard so far, for those who watch. */
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
  /** The attempt that was just made; a row that is further on stays as it is. */
  attempt: number;
  retryAt: Date;
  triplet: GreylistTriplet | null;
  layers: readonly LayerReport[];
  evidence: readonly Evidence[];
}

/** Keeps what an attempt found and when the next is due; false when the row is final or further on. */
export async function postponeWork({ workspaceId }: Scope, next: Postponement, tx: Tx): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    WITH changed AS (
      UPDATE "Verification" SET "attempt" = "attempt" + 1, "retryAt" = ${next.retryAt.toISOString()}::timestamp,
        "triplet" = ${toJsonText(next.triplet)}::jsonb, "layers" = ${toJsonText(next.layers)}::jsonb,
        "evidence" = ${toJsonText(next.evidence)}::jsonb
      WHERE "id" = ${next.id} AND "workspaceId" = ${workspaceId} AND "status" = 'pending' AND "attempt" = ${next.attempt}
      RETURNING "id"
    )
    SELECT pg_notify(${VERIFICATION_CHANNEL}, json_build_object('id', "id", 'final', false)::text)::text AS "sent" FROM changed`;
  return rows.length > 0;
}

export interface Completion {
  id: string;
  answer: Omit<EngineAnswer, 'askAgain' | 'evidence'>;
  evidence: readonly Evidence[];
  creditsCharged: number;
  holdSourceKey: string;
}

export interface Finished {
  /** Its open hold where there is one. */
  holdId: string | null;
  source: string;
  apiKeyId: string | null;
  /** The API answered 202. */
  toldPending: boolean;
}

/** The final answer; null when the row was final before. */
export async function finishWork({ workspaceId }: Scope, completion: Completion, tx: Tx): Promise<Finished | null> {
  const { id, answer, evidence, creditsCharged, holdSourceKey } = completion;
  const { verdict, mx } = answer;
  const rows = await tx.$queryRaw<Finished[]>`
    WITH changed AS (
      UPDATE "Verification" SET "status" = ${verdict.status}, "reason" = ${verdict.reason}, "score" = ${verdict.score},
        "flags" = ${toJsonText(verdict.flags)}::jsonb, "didYouMean" = ${answer.didYouMean}, "normalized" = ${answer.normalized},
        "canonical" = ${answer.canonical}, "mxHost" = ${mx.host}, "mxProvider" = ${mx.provider}, "mxGateway" = ${mx.gateway},
        "layers" = ${toJsonText(answer.layers)}::jsonb, "evidence" = ${toJsonText(evidence)}::jsonb,
        "creditsCharged" = ${creditsCharged}, "durationMs" = ${answer.durationMs}, "retryAt" = NULL, "triplet" = NULL,
        "checkedAt" = timezone('UTC', clock_timestamp())
      WHERE "id" = ${id} AND "workspaceId" = ${workspaceId} AND "status" = 'pending' RETURNING "id", "source", "apiKeyId", "toldPending"
    )
    SELECT pg_notify(${VERIFICATION_CHANNEL}, json_build_object('id', "id", 'final', true)::text)::text AS "sent", "source", "apiKeyId", "toldPending", (
      SELECT "id" FROM "CreditHold"
      WHERE "sourceKey" = ${holdSourceKey} AND "workspaceId" = ${workspaceId} AND "closedAt" IS NULL) AS "holdId"
    FROM changed`;
  return rows[0] ?? null;
}

/** The client was told 202; false when it is final already, so that the answer is there. */
export async function markToldPending({ workspaceId }: Scope, id: string): Promise<boolean> {
  const changed = await db().$executeRaw`
    UPDATE "Verification" SET "toldPending" = true WHERE "id" = ${id} AND "workspaceId" = ${workspaceId} AND "status" = 'pending'`;
  return changed > 0;
}
