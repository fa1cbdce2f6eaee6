// Final verdicts of a list's rows, written in batches: results, counts and evidence in one statement. Promises that a row gets one
// verdict, whoever comes second writes nothing, and that the counts are those of the rows that were really written.
import { gzip } from 'node:zlib';
import { promisify } from 'node:util';
import type { Evidence } from '@/lib/domain/evidence';
import type { LayerReport } from '@/lib/domain/layer';
import type { Tx } from './_client';
import type { Scope } from './scope';
import { toStorableText } from './verification-json';

export interface FinalRow {
  /** Number of the row in the file. */
  n: number;
  email: string;
  domain: string;
  /** lib/domain/reason-codes.ts */
  reason: number;
  score: number | null;
  flags: number;
  provider: string | null;
  mxHost: string | null;
  didYouMean: string | null;
  cached: boolean;
  credits: number;
  durationMs: number;
  /** Null: now. */
  checkedAt: Date | null;
  layers: readonly LayerReport[];
  evidence: readonly Evidence[];
}

export interface WrittenReason {
  reason: number;
  rows: number;
  credits: number;
}

const REPLACEMENT = '\ufffd';
const text = (value: string | null): string | null => (value === null ? null : toStorableText(value, REPLACEMENT));

/** Cheap and in a thread of its own: most of a batch's evidence is the same words over and over. */
const GZIP_LEVEL = 1;
const compress = promisify(gzip);

/** The evidence of rows that are written together; made before the transaction, which then is short. */
export const packEvidence = (rows: readonly FinalRow[]): Promise<Buffer> =>
  compress(JSON.stringify(Object.fromEntries(rows.map(({ n, layers, evidence }) => [n, { layers, evidence }]))), {
    level: GZIP_LEVEL,
  });

export interface ResultBatch {
  listId: string;
  part: number;
  rows: readonly FinalRow[];
  body: Buffer;
}

/** Call it with the list locked. Says what was new, by reason. */
export async function insertResults(
  { workspaceId }: Scope,
  { listId, part, rows, body }: ResultBatch,
  tx: Tx,
): Promise<WrittenReason[]> {
  const of = <T>(read: (row: FinalRow) => T): T[] => rows.map(read);
  return tx.$queryRaw<WrittenReason[]>`
    WITH made AS (
      INSERT INTO "ListResult" ("listId", "n", "workspaceId", "email", "domain", "reason", "score", "flags", "provider", "mxHost",
        "didYouMean", "cached", "credits", "durationMs", "checkedAt", "part")
      SELECT ${listId}, t."n", ${workspaceId}, t."email", t."domain", t."reason", t."score", t."flags", t."provider", t."mxHost",
        t."didYouMean", t."cached", t."credits", t."durationMs",
        COALESCE(t."checkedAt"::timestamp, timezone('UTC', clock_timestamp())), ${part}
      FROM unnest(${of(({ n }) => n)}::int[], ${of(({ email }) => email)}::text[], ${of(({ domain }) => domain)}::text[],
        ${of(({ reason }) => reason)}::smallint[], ${of(({ score }) => score)}::smallint[], ${of(({ flags }) => flags)}::int[],
        ${of(({ provider }) => text(provider) ?? '')}::text[], ${of(({ mxHost }) => text(mxHost))}::text[],
        ${of(({ didYouMean }) => text(didYouMean))}::text[], ${of(({ cached }) => cached)}::boolean[],
        ${of(({ credits }) => credits)}::smallint[], ${of(({ durationMs }) => durationMs)}::int[],
        ${of(({ checkedAt }) => checkedAt?.toISOString() ?? null)}::text[])
        AS t ("n", "email", "domain", "reason", "score", "flags", "provider", "mxHost", "didYouMean", "cached", "credits",
          "durationMs", "checkedAt")
      ON CONFLICT ("listId", "n") DO NOTHING
      RETURNING "reason", "provider", "credits", "score"
    ), counted AS (
      INSERT INTO "ListTally" ("listId", "reason", "provider", "rows", "credits", "scored", "scoreSum")
      SELECT ${listId}, "reason", "provider", COUNT(*)::int, SUM("credits")::int, COUNT("score")::int, COALESCE(SUM("score"), 0)::int
      FROM made GROUP BY "reason", "provider"
      ON CONFLICT ("listId", "reason", "provider") DO UPDATE SET
        "rows" = "ListTally"."rows" + EXCLUDED."rows", "credits" = "ListTally"."credits" + EXCLUDED."credits",
        "scored" = "ListTally"."scored" + EXCLUDED."scored", "scoreSum" = "ListTally"."scoreSum" + EXCLUDED."scoreSum"
    ), kept AS (
      INSERT INTO "ListEvidence" ("listId", "part", "body")
      SELECT ${listId}, ${part}, ${body}::bytea WHERE EXISTS (SELECT 1 FROM made)
    )
    SELECT "reason", COUNT(*)::int AS "rows", SUM("credits")::int AS "credits" FROM made GROUP BY "reason"`;
}

export async function sumTallies(listId: string, tx: Tx): Promise<{ reason: number; rows: number }[]> {
  return tx.$queryRaw<{ reason: number; rows: number }[]>`
    SELECT "reason", SUM("rows")::int AS "rows" FROM "ListTally" WHERE "listId" = ${listId} GROUP BY "reason"`;
}

/** Takes back the verdicts of these reasons, and their counts; returns how many. Evidence stays where others share it. */
export async function deleteResults(
  { workspaceId }: Scope,
  { listId, reasons }: { listId: string; reasons: readonly number[] },
  tx: Tx,
): Promise<number> {
  const deleted = await tx.$executeRaw`
    DELETE FROM "ListResult"
    WHERE "listId" = ${listId} AND "workspaceId" = ${workspaceId} AND "reason" = ANY(${[...reasons]}::smallint[])`;
  await tx.$executeRaw`DELETE FROM "ListTally" WHERE "listId" = ${listId} AND "reason" = ANY(${[...reasons]}::smallint[])`;
  return deleted;
}
