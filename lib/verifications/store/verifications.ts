// Verifications as their owners see them: the columns that pages, streams and the API read, creating a row, repeating an answer from
// memory, and reading one. Every read and write is limited to its workspace, and a visitor's check also to that visitor. The worker's side
// is in work.ts.
import { z } from 'zod';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db, type Tx } from '@/lib/platform/db/client';
import { JsonColumn, queryRow, toJsonText } from '@/lib/platform/db/rows';
import { hasEntryColumn } from '@/lib/blocklist/blocklist';
import { availableColumn } from '@/lib/credits/balance';
import { firstIdAt } from '@/lib/platform/ids';
import type { Scope } from '@/lib/platform/scope';
import type { JsonValue } from '@/lib/verdict/evidence';
import type { Graded } from '@/lib/verdict/grade';
import type { PolicyName } from '@/lib/verdict/verdict';
import type { VerificationSource } from '@/lib/verdict/verification';

const SUMMARY_FIELDS = {
  id: true,
  source: true,
  email: true,
  input: true,
  normalized: true,
  canonical: true,
  status: true,
  reason: true,
  score: true,
  grade: true,
  gradeBasis: true,
  flags: true,
  didYouMean: true,
  mxHost: true,
  mxProvider: true,
  mxGateway: true,
  policy: true,
  metadata: true,
  test: true,
  cached: true,
  creditsCharged: true,
  durationMs: true,
  attempt: true,
  retryAt: true,
  createdAt: true,
  checkedAt: true,
} as const satisfies Prisma.VerificationSelect;

export const VIEW_FIELDS = { ...SUMMARY_FIELDS, layers: true, evidence: true } as const satisfies Prisma.VerificationSelect;

export type SummaryRow = Prisma.VerificationGetPayload<{ select: typeof SUMMARY_FIELDS }>;
export type ViewRow = Prisma.VerificationGetPayload<{ select: typeof VIEW_FIELDS }>;

const ViewColumns = z.object({
  id: z.string(),
  source: z.string(),
  email: z.string(),
  input: z.string().nullable(),
  normalized: z.string().nullable(),
  canonical: z.string().nullable(),
  status: z.string(),
  reason: z.string().nullable(),
  score: z.int().nullable(),
  grade: z.string().nullable(),
  gradeBasis: z.int(),
  flags: JsonColumn.nullable(),
  didYouMean: z.string().nullable(),
  mxHost: z.string().nullable(),
  mxProvider: z.string().nullable(),
  mxGateway: z.boolean(),
  policy: z.string(),
  metadata: JsonColumn.nullable(),
  test: z.boolean(),
  cached: z.boolean(),
  creditsCharged: z.int(),
  durationMs: z.int().nullable(),
  attempt: z.int(),
  retryAt: z.date().nullable(),
  createdAt: z.date(),
  checkedAt: z.date().nullable(),
  layers: JsonColumn.nullable(),
  evidence: JsonColumn.nullable(),
} satisfies Record<keyof typeof VIEW_FIELDS, z.ZodType>);

const VIEW_COLUMNS = Prisma.join(Object.keys(VIEW_FIELDS).map((name) => Prisma.raw(`"Verification"."${name}"`)));

const AnsweredColumns = ViewColumns.extend({ available: z.int() });

export interface NewVerification {
  id: string;
  email: string;
  /** The input as received; null if it is the same. */
  input: string | null;
  source: VerificationSource;
  visitorKey: string | null;
  freeCounters: readonly string[];
  apiKeyId: string | null;
  /** Null means the workspace's own policy. */
  policy: PolicyName | null;
  metadata: JsonValue;
  test: boolean;
}

/** Inserts a pending row. */
export async function insertVerification(scope: Scope, input: NewVerification, tx: Tx): Promise<ViewRow> {
  const row = await queryRow(ViewColumns, pendingInsert(scope, input, Prisma.empty), tx);
  if (row === null) throw new Error('the workspace does not exist');
  return row;
}

export interface BegunWith {
  /** A part with `made`, which has a row if credits are held. Null if nothing is to be held. */
  hold: Prisma.Sql | null;
  /** The SQL that adds the job. */
  job: Prisma.Sql;
}

/**
 * The hold, a pending row and its job in one statement, so all or nothing. Null if no credit could be held. The API tells nobody about a
 * check before a later change of its row (final, or told 202) waits for the disk, which then has this one too. So this one does not wait.
 */
export async function beginVerification(scope: Scope, input: NewVerification, { hold, job }: BegunWith): Promise<ViewRow | null> {
  const quick = input.source === 'api' ? "set_config('synchronous_commit', 'off', true)" : "''";
  const inserted = pendingInsert(scope, input, hold === null ? Prisma.sql`, quick` : Prisma.sql`, quick, made`);
  const begun = Prisma.sql`/* kept */
    WITH quick AS (SELECT ${Prisma.raw(quick)}), ${hold === null ? Prisma.empty : Prisma.sql`${hold},`} added AS (${inserted}),
    job AS (SELECT (${job})."id" AS "jobId" FROM added)
    SELECT added.* FROM added CROSS JOIN job`;
  const row = await queryRow(ViewColumns, begun);
  if (row === null && hold === null) throw new Error('the workspace does not exist');
  return row;
}

const pendingInsert = ({ workspaceId }: Scope, input: NewVerification, also: Prisma.Sql): Prisma.Sql => Prisma.sql`
    INSERT INTO "Verification" ("id", "workspaceId", "source", "visitorKey", "freeCounters", "apiKeyId", "email", "input", "policy", "metadata", "test", "createdAt")
    SELECT ${input.id}, w."id", ${input.source}, ${input.visitorKey}, ${[...input.freeCounters]}::text[], ${input.apiKeyId}, ${input.email},
      ${input.input}, COALESCE(${input.policy}, w."policy"), ${toJsonText(input.metadata)}::jsonb, ${input.test}, timezone('UTC', now())
    FROM "Workspace" w${also} WHERE w."id" = ${workspaceId}
    RETURNING ${VIEW_COLUMNS}`;

export interface MemoryQuestion {
  normalized: string;
  /** A visitor remembers only their own checks. */
  visitorKey: string | null;
  maxAgeS: number;
  /** Nothing is remembered about an address that an entry of the blocklist names. */
  blockedBy: readonly string[];
}

const RememberedRow = z.object({ id: z.string(), reason: z.string().nullable(), flags: JsonColumn.nullable() });
export type Remembered = z.infer<typeof RememberedRow>;

/** The workspace's newest answer to this address that is final, neither unknown nor its blocklist's, and recent enough. */
export function findRemembered(scope: Scope, question: MemoryQuestion): Promise<Remembered | null> {
  const { workspaceId } = scope;
  const newest = Prisma.sql`/* kept */
    SELECT "id", "reason", "flags" FROM "Verification"
    WHERE "workspaceId" = ${workspaceId} AND "normalized" = ${question.normalized}
      AND "checkedAt" > timezone('UTC', now()) - make_interval(secs => ${question.maxAgeS})
      AND "status" IN ('deliverable', 'risky', 'undeliverable') AND "reason" <> 'blocklisted' AND NOT "test" AND NOT "cached"
      AND "visitorKey" IS NOT DISTINCT FROM ${question.visitorKey}
      AND NOT ${hasEntryColumn(scope, question.blockedBy)}
    ORDER BY "checkedAt" DESC LIMIT 1`;
  return queryRow(RememberedRow, newest);
}

export type FromMemory = NewVerification & { answerId: string; graded: Graded | null };

/**
 * A new row with the answer of an earlier one: `cached`, free, final at once, dated like the answer it repeats, and graded anew. Null if
 * the earlier one is gone.
 */
export const insertFromMemory = (scope: Scope, input: FromMemory, tx: Tx): Promise<ViewRow | null> =>
  queryRow(ViewColumns, memoryInsert(scope, input, Prisma.empty), tx);

/** The same in one statement that also counts it, if nobody has to be told. Null if somebody has to be. */
export function repeatUntold(
  scope: Scope,
  input: FromMemory,
  { isHeard, count }: { isHeard: Prisma.Sql; count: (after: Prisma.Sql) => Prisma.Sql },
): Promise<ViewRow | null> {
  const repeated = Prisma.sql`/* kept */
    WITH added AS (${memoryInsert(scope, input, Prisma.sql`AND NOT ${isHeard}`)}), counted AS (${count(Prisma.sql`(SELECT 1 FROM added) AS "one"`)})
    SELECT added.* FROM added`;
  return queryRow(ViewColumns, repeated);
}

const memoryInsert = ({ workspaceId }: Scope, input: FromMemory, guard: Prisma.Sql): Prisma.Sql => Prisma.sql`
    INSERT INTO "Verification" ("id", "workspaceId", "source", "visitorKey", "apiKeyId", "email", "input", "policy", "metadata", "createdAt",
      "cached", "normalized", "canonical", "status", "reason", "score", "grade", "gradeBasis", "flags", "didYouMean", "mxHost", "mxProvider", "mxGateway",
      "layers", "evidence", "durationMs", "attempt", "checkedAt")
    SELECT ${input.id}, o."workspaceId", ${input.source}, ${input.visitorKey}, ${input.apiKeyId}, ${input.email}, ${input.input},
      COALESCE(${input.policy}, w."policy"), ${toJsonText(input.metadata)}::jsonb, timezone('UTC', now()),
      true, o."normalized", o."canonical", o."status", o."reason", o."score", ${input.graded?.grade ?? null}, ${input.graded?.basis ?? 0}::int, o."flags", o."didYouMean", o."mxHost", o."mxProvider",
      o."mxGateway", o."layers", o."evidence", 0, 0, o."checkedAt"
    FROM "Verification" o JOIN "Workspace" w ON w."id" = o."workspaceId"
    WHERE o."id" = ${input.answerId} AND o."workspaceId" = ${workspaceId} ${guard}
    RETURNING ${VIEW_COLUMNS}`;

/** Rows of the app and the API have no visitor key, so a visitor's key never gives access to them, nor the other way round. */
export function findVerification(
  { workspaceId }: Scope,
  id: string,
  visitorKey: string | null,
  tx: Tx = db(),
): Promise<ViewRow | null> {
  const found = Prisma.sql`/* kept */
    SELECT ${VIEW_COLUMNS} FROM "Verification"
    WHERE "id" = ${id} AND "workspaceId" = ${workspaceId} AND "visitorKey" IS NOT DISTINCT FROM ${visitorKey}`;
  return queryRow(ViewColumns, found, tx);
}

/** Includes what the workspace can spend at that time. */
export function findAnswered(scope: Scope, id: string): Promise<(ViewRow & { available: number }) | null> {
  const found = Prisma.sql`/* kept */
    SELECT ${VIEW_COLUMNS}, ${availableColumn(scope)} AS "available" FROM "Verification"
    WHERE "id" = ${id} AND "workspaceId" = ${scope.workspaceId} AND "visitorKey" IS NULL`;
  return queryRow(AnsweredColumns, found);
}

export interface ToldPending {
  email: string;
  apiKeyId: string;
  test: boolean;
  /** Epoch milliseconds. */
  since: number;
}

/** Newest first in the order of ids. Since ids begin with the time, an index ends the search when the time is over. */
export function findToldPending({ workspaceId }: Scope, { email, apiKeyId, test, since }: ToldPending): Promise<ViewRow | null> {
  return db().verification.findFirst({
    where: { workspaceId, id: { gte: firstIdAt('verification', since) }, email, apiKeyId, test, toldPending: true },
    orderBy: { id: 'desc' },
    select: VIEW_FIELDS,
  });
}

/** The checks of a workspace with these ids. */
export function listSummaryRows(
  { workspaceId }: Scope,
  ids: readonly string[],
): Promise<(SummaryRow & { apiKeyId: string | null })[]> {
  return db().verification.findMany({
    where: { workspaceId, id: { in: [...ids] } },
    take: ids.length,
    select: { ...SUMMARY_FIELDS, apiKeyId: true },
  });
}
