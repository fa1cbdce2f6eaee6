// Verifications as their owners see them: create, read, list. Promises that every read and write is bound to its
// workspace, and a visitor's check to that visitor besides. The worker's side is in verification-work.ts.
import { Prisma } from './_prisma/client';
import { db, type Tx } from './_client';
import type { Scope } from './scope';
import { toJsonText } from './verification-json';
import { SUMMARY_FIELDS, VIEW_FIELDS, type SummaryRow, type ViewRow } from './verification-fields';
import type { JsonValue } from '@/lib/domain/layer';
import type { PolicyName } from '@/lib/domain/recommendation';
import type { FinalStatus, Reason, Status } from '@/lib/domain/verdict';
import type { VerificationSource } from '@/lib/domain/verification-view';
import { newId } from '@/lib/ids';

export interface NewVerification {
  id: string;
  email: string;
  source: VerificationSource;
  visitorKey: string | null;
  apiKeyId: string | null;
  /** Null: the workspace's own. */
  policy: PolicyName | null;
  metadata: JsonValue;
  test: boolean;
}

/** A pending row; returns its view. */
export async function insertVerification({ workspaceId }: Scope, input: NewVerification, tx: Tx): Promise<ViewRow> {
  const rows = await tx.$queryRaw<ViewRow[]>`
    INSERT INTO "Verification" ("id", "workspaceId", "source", "visitorKey", "apiKeyId", "email", "policy", "metadata", "test", "createdAt")
    SELECT ${input.id}, "id", ${input.source}, ${input.visitorKey}, ${input.apiKeyId}, ${input.email},
      COALESCE(${input.policy}, "policy"), ${toJsonText(input.metadata)}::jsonb, ${input.test}, timezone('UTC', now())
    FROM "Workspace" WHERE "id" = ${workspaceId}
    RETURNING ${VIEW_COLUMNS}`;
  return theOnly(rows);
}

export interface MemoryQuestion {
  normalized: string;
  /** A visitor remembers only their own checks. */
  visitorKey: string | null;
  maxAgeS: number;
}

/** Id of the workspace's newest answer to this address that is final, not unknown and young enough. */
export async function findRemembered({ workspaceId }: Scope, question: MemoryQuestion): Promise<string | null> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Verification"
    WHERE "workspaceId" = ${workspaceId} AND "normalized" = ${question.normalized}
      AND "checkedAt" > timezone('UTC', now()) - make_interval(secs => ${question.maxAgeS})
      AND "status" IN ('deliverable', 'risky', 'undeliverable') AND NOT "test" AND NOT "cached"
      AND "visitorKey" IS NOT DISTINCT FROM ${question.visitorKey}
    ORDER BY "checkedAt" DESC LIMIT 1`;
  return rows[0]?.id ?? null;
}

/** A new row with the answer of an earlier one: `cached`, free, dated as the answer it repeats. Null when that is gone. */
export async function insertFromMemory(
  { workspaceId }: Scope,
  input: NewVerification & { answerId: string },
  tx: Tx,
): Promise<ViewRow | null> {
  const rows = await tx.$queryRaw<ViewRow[]>`
    INSERT INTO "Verification" ("id", "workspaceId", "source", "visitorKey", "apiKeyId", "email", "policy", "metadata", "createdAt",
      "cached", "normalized", "canonical", "status", "reason", "score", "flags", "didYouMean", "mxHost", "mxProvider", "mxGateway",
      "layers", "evidence", "durationMs", "attempt", "checkedAt")
    SELECT ${input.id}, o."workspaceId", ${input.source}, ${input.visitorKey}, ${input.apiKeyId}, ${input.email},
      COALESCE(${input.policy}, w."policy"), ${toJsonText(input.metadata)}::jsonb, timezone('UTC', now()),
      true, o."normalized", o."canonical", o."status", o."reason", o."score", o."flags", o."didYouMean", o."mxHost", o."mxProvider",
      o."mxGateway", o."layers", o."evidence", o."durationMs", o."attempt", o."checkedAt"
    FROM "Verification" o JOIN "Workspace" w ON w."id" = o."workspaceId"
    WHERE o."id" = ${input.answerId} AND o."workspaceId" = ${workspaceId}
    RETURNING ${VIEW_COLUMNS}`;
  return rows[0] ?? null;
}

/** Rows of the app and the API carry no visitor key, so a visitor's key never opens them, nor the other way round. */
export function findVerification(
  { workspaceId }: Scope,
  id: string,
  visitorKey: string | null,
  tx: Tx = db(),
): Promise<ViewRow | null> {
  return tx.verification.findFirst({ where: { id, workspaceId, visitorKey }, select: VIEW_FIELDS });
}

export interface ListQuestion {
  status?: Status | undefined;
  reason?: Reason | undefined;
  source?: VerificationSource | undefined;
  /** Beginning of an address, or `@` and the end of one. */
  query?: string | undefined;
  /** Exactly this address, as it was given or in normal form. */
  email?: string | undefined;
  test?: boolean | undefined;
  /** Id of the last row of the page before. */
  cursor?: string | undefined;
  take: number;
}

/** Newest first. */
export function listVerificationRows({ workspaceId }: Scope, question: ListQuestion): Promise<SummaryRow[]> {
  const { status, reason, source, query, email, test, cursor, take } = question;
  return db().verification.findMany({
    where: {
      workspaceId,
      visitorKey: null,
      ...(status && { status }),
      ...(reason && { reason }),
      ...(source && { source }),
      ...(cursor && { id: { lt: cursor } }),
      ...(query && { email: addressFilter(query) }),
      ...(email !== undefined && { OR: [{ email }, { normalized: email }] }),
      ...(test !== undefined && { test }),
    },
    orderBy: { id: 'desc' },
    take,
    select: SUMMARY_FIELDS,
  });
}

export interface DayCount {
  /** `YYYY-MM-DD`, UTC */
  day: string;
  status: FinalStatus;
  count: number;
}

/** Final answers a day and status since a moment; test answers do not count. */
export function countByDay({ workspaceId }: Scope, since: Date): Promise<DayCount[]> {
  // Ids sort by age, so the index on (workspace, id) bounds the scan to the rows since then.
  const firstId = newId('verification', since.getTime()).slice(0, ID_TIME_CHARS);
  return db().$queryRaw<DayCount[]>`
    SELECT to_char("createdAt", 'YYYY-MM-DD') AS "day", "status", COUNT(*)::int AS "count" FROM "Verification"
    WHERE "workspaceId" = ${workspaceId} AND "id" >= ${firstId} AND "createdAt" >= ${since.toISOString()}::timestamp
      AND "status" <> 'pending' AND NOT "test"
    GROUP BY 1, 2`;
}

const ID_TIME_CHARS = 'ver_'.length + 10;

const VIEW_COLUMNS = Prisma.join(Object.keys(VIEW_FIELDS).map((name) => Prisma.raw(`"Verification"."${name}"`)));

function theOnly<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error('the workspace does not exist');
  return row;
}

function addressFilter(query: string): Prisma.StringFilter {
  // Prisma passes LIKE's own signs through.
  const text = query.replace(/[\\%_]/g, '\\$&');
  return query.startsWith('@') ? { endsWith: text, mode: 'insensitive' } : { startsWith: text, mode: 'insensitive' };
}
