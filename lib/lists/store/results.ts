// Final verdicts of a list's rows: written in batches with their counts and evidence, taken back, and read as the workspace's
// memory. A row gets one verdict; a second writer changes nothing. The counts are those of the rows that were really written.
// Missing evidence reads as empty.
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db, type Tx } from '@/lib/platform/db/client';
import { queryRows, toJsonText } from '@/lib/platform/db/rows';
import { MEMORY_MAX_AGE_S } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { parseAddress } from '@/lib/verdict/address';
import type { Evidence, LayerReport } from '@/lib/verdict/evidence';
import { parseEvidence, parseFlags, parseLayers } from '@/lib/verdict/stored';
import { codeOfReason, CODES_NOT_REMEMBERED, packFlags, REASONS } from '@/lib/verdict/verdict';

export interface FinalRow {
  /** Number of the row in the file. */
  n: number;
  email: string;
  domain: string;
  /** A code of lib/verdict/verdict.ts. */
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

/** The stored form: the code of a catch-all answer's reason includes its grade. */
export interface GradedRow extends FinalRow {
  gradeBasis: number;
}

const WrittenRow = z.object({ reason: z.int(), rows: z.int(), credits: z.int() });
export type WrittenReason = z.infer<typeof WrittenRow>;

/** The cheapest level is enough, because most of a batch's evidence repeats the same words. */
const GZIP_LEVEL = 1;
const compress = promisify(gzip);

/**
 * The evidence of rows that are written together, which mostly share it: `items` has each layer and each piece of evidence once, as
 * JSON, and `rows` names them by their places. It is packed before the transaction, to keep the transaction short.
 */
export function packEvidence(rows: readonly Pick<FinalRow, 'n' | 'layers' | 'evidence'>[]): Promise<Buffer> {
  const items = new Map<string, number>();
  const places = new Map<LayerReport | Evidence, number>();
  const placeOf = (item: LayerReport | Evidence): number => {
    const known = places.get(item);
    if (known !== undefined) return known;
    const json = JSON.stringify(item);
    const place = items.get(json) ?? items.size;
    items.set(json, place);
    places.set(item, place);
    return place;
  };
  const packed = rows.map(({ n, layers, evidence }) => [n, layers.map(placeOf), evidence.map(placeOf)]);
  return compress(`{"items":[${[...items.keys()].join(',')}],"rows":${JSON.stringify(packed)}}`, { level: GZIP_LEVEL });
}

/** The mailbox's canonical form, if it is spelled differently. */
function otherSpelling(email: string): string | null {
  const parsed = parseAddress(email);
  return parsed.ok && parsed.address.canonical !== email ? parsed.address.canonical : null;
}

const columnsOf = (row: GradedRow) => ({
  n: row.n,
  email: row.email,
  domain: row.domain,
  canonical: otherSpelling(row.email),
  reason: row.reason,
  score: row.score,
  gradeBasis: row.gradeBasis,
  flags: row.flags,
  provider: row.provider ?? '',
  mxHost: row.mxHost,
  didYouMean: row.didYouMean,
  cached: row.cached,
  credits: row.credits,
  durationMs: row.durationMs,
  checkedAt: row.checkedAt,
});

export interface ResultBatch {
  listId: string;
  part: number;
  rows: readonly GradedRow[];
  body: Buffer;
}

/** Writes results, counts and evidence in one statement. Call it with the list locked. Returns what was new, by reason. */
export async function insertResults(
  { workspaceId }: Scope,
  { listId, part, rows, body }: ResultBatch,
  tx: Tx,
): Promise<WrittenReason[]> {
  return queryRows(
    WrittenRow,
    Prisma.sql`
    WITH made AS (
      INSERT INTO "ListResult" ("listId", "n", "workspaceId", "email", "domain", "canonical", "reason", "score", "gradeBasis", "flags", "provider",
        "mxHost", "didYouMean", "cached", "credits", "durationMs", "checkedAt", "part")
      SELECT ${listId}, t."n", ${workspaceId}, t."email", t."domain", t."canonical", t."reason", t."score", t."gradeBasis", t."flags",
        t."provider", t."mxHost", t."didYouMean", t."cached", t."credits", t."durationMs",
        COALESCE(timezone('UTC', t."checkedAt"), timezone('UTC', clock_timestamp())), ${part}
      FROM json_to_recordset(${toJsonText(rows.map(columnsOf))}::json) AS t ("n" int, "email" text, "domain" text, "canonical" text, "reason" smallint,
        "score" smallint, "gradeBasis" int, "flags" int, "provider" text, "mxHost" text, "didYouMean" text, "cached" boolean,
        "credits" smallint, "durationMs" int, "checkedAt" timestamptz)
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
    SELECT "reason", COUNT(*)::int AS "rows", SUM("credits")::int AS "credits" FROM made GROUP BY "reason"`,
    tx,
  );
}

export function sumTallies(listId: string, tx: Tx): Promise<{ reason: number; rows: number }[]> {
  return queryRows(
    z.object({ reason: z.int(), rows: z.int() }),
    Prisma.sql`
    SELECT "reason", SUM("rows")::int AS "rows" FROM "ListTally" WHERE "listId" = ${listId} GROUP BY "reason"`,
    tx,
  );
}

/**
 * Deletes the verdicts with these reasons, and their counts; returns how many. The evidence stays, because other rows share it.
 */
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

const AnsweredRow = z.object({
  n: z.int(),
  email: z.string(),
  domain: z.string(),
  score: z.int().nullable(),
  mxHost: z.string().nullable(),
  didYouMean: z.string().nullable(),
  checkedAt: z.date(),
});

const FoundRow = AnsweredRow.extend({
  reason: z.int(),
  flags: z.int(),
  provider: z.string(),
  sourceList: z.string(),
  sourceN: z.int(),
  sourcePart: z.int(),
});
type Found = z.infer<typeof FoundRow>;

type Remembered = Omit<FinalRow, 'layers' | 'evidence'>;

/**
 * Rows that other lists of the workspace have answered: final answers of the last day other than unknown, sorted by where their
 * evidence is stored. Answers that were themselves copied from memory, and those of test lists, are not used.
 */
export async function listAnswersOfLists({ workspaceId }: Scope, listId: string, rows: readonly number[]): Promise<FinalRow[]> {
  const found = await queryRows(
    FoundRow,
    Prisma.sql`
    SELECT r."n", r."email", r."domain", x.* FROM "ListRow" r CROSS JOIN LATERAL (
      SELECT x."reason", x."score", x."flags", x."provider", x."mxHost", x."didYouMean", x."checkedAt",
        x."listId" AS "sourceList", x."n" AS "sourceN", x."part" AS "sourcePart"
      FROM "ListResult" x JOIN "List" l ON l."id" = x."listId"
      WHERE x."workspaceId" = ${workspaceId} AND lower(x."email") = lower(r."email") AND x."email" = r."email"
        AND x."checkedAt" > timezone('UTC', now()) - make_interval(secs => ${MEMORY_MAX_AGE_S})
        AND NOT x."reason" = ANY(${[...CODES_NOT_REMEMBERED]}::smallint[]) AND NOT x."cached" AND NOT l."test" AND l."status" <> 'expired'
      ORDER BY x."checkedAt" DESC LIMIT 1
    ) x
    WHERE r."listId" = ${listId} AND r."n" = ANY(${[...rows]}::int[]) AND r."domain" <> ''
    ORDER BY x."sourceList", x."sourcePart"`,
  );
  return withEvidence(found);
}

/** Reads one part of evidence at a time: neighboring rows share it. */
async function withEvidence(found: readonly Found[]): Promise<FinalRow[]> {
  const rows: FinalRow[] = [];
  let read = { key: '', part: NO_EVIDENCE };
  for (const { sourceList, sourceN, sourcePart, ...row } of found) {
    const key = `${sourceList} ${sourcePart}`;
    if (read.key !== key) read = { key, part: await readEvidencePart(sourceList, sourcePart) };
    rows.push({ ...toRemembered(row), ...evidenceOfRow(read.part, sourceN) });
  }
  return rows;
}

const toRemembered = (row: Omit<Found, 'sourceList' | 'sourceN' | 'sourcePart'>): Remembered => ({
  ...row,
  cached: true,
  credits: 0,
  durationMs: 0,
});

const FoundCheckRow = AnsweredRow.extend({
  reason: z.enum(REASONS),
  flags: z.unknown(),
  mxProvider: z.string().nullable(),
  layers: z.unknown(),
  evidence: z.unknown(),
});

/** Rows that single checks of the workspace have answered, with the same limits. Answers of test keys are not used. */
export async function listAnswersOfChecks({ workspaceId }: Scope, listId: string, rows: readonly number[]): Promise<FinalRow[]> {
  const found = await queryRows(
    FoundCheckRow,
    Prisma.sql`
    SELECT r."n", r."email", r."domain", v.* FROM "ListRow" r CROSS JOIN LATERAL (
      SELECT v."reason", v."score", v."flags", v."mxProvider", v."mxHost", v."didYouMean", v."checkedAt", v."layers",
        v."evidence"
      FROM "Verification" v
      WHERE v."workspaceId" = ${workspaceId} AND v."normalized" = r."email"
        AND v."checkedAt" > timezone('UTC', now()) - make_interval(secs => ${MEMORY_MAX_AGE_S})
        AND v."status" IN ('deliverable', 'risky', 'undeliverable') AND v."reason" <> 'blocklisted' AND NOT v."test" AND NOT v."cached" AND v."visitorKey" IS NULL
      ORDER BY v."checkedAt" DESC LIMIT 1
    ) v
    WHERE r."listId" = ${listId} AND r."n" = ANY(${[...rows]}::int[]) AND r."domain" <> ''`,
  );
  return found.map(({ reason, flags, mxProvider, layers, evidence, ...row }) => ({
    ...row,
    reason: codeOfReason(reason),
    flags: packFlags(parseFlags(flags)),
    provider: mxProvider,
    durationMs: 0,
    cached: true,
    credits: 0,
    layers: parseLayers(layers),
    evidence: parseEvidence(evidence),
  }));
}

const unpack = promisify(gunzip);

/** Items and, for each row, the places of its layers and of its evidence among them. */
interface EvidencePart {
  items: readonly unknown[];
  rows: ReadonlyMap<number, { layers: readonly number[]; evidence: readonly number[] }>;
}

const PackedPart = z
  .object({ items: z.array(z.unknown()), rows: z.array(z.tuple([z.int(), z.array(z.int()), z.array(z.int())])) })
  .transform(({ items, rows }) => ({ items, rows: new Map(rows.map(([n, layers, evidence]) => [n, { layers, evidence }])) }));

/** What a part contained until 30 November 2026: all items of each row, by its number. Such parts are deleted with their lists. */
const SpelledOutPart = z
  .record(z.string(), z.object({ layers: z.array(z.unknown()), evidence: z.array(z.unknown()) }))
  .transform((rows): EvidencePart => {
    const items: unknown[] = [];
    const keep = (some: readonly unknown[]): number[] => some.map((item) => items.push(item) - 1);
    const entries = Object.entries(rows);
    return {
      items,
      rows: new Map(entries.map(([n, { layers, evidence }]) => [Number(n), { layers: keep(layers), evidence: keep(evidence) }])),
    };
  });

const StoredPart = z.union([PackedPart, SpelledOutPart]);
const NO_EVIDENCE: EvidencePart = { items: [], rows: new Map() };

/** The evidence of all rows in a part, which is what was written in one batch. `evidenceOfRow` finds one of them. */
export async function readEvidencePart(listId: string, part: number): Promise<EvidencePart> {
  const kept = await db().listEvidence.findUnique({ where: { listId_part: { listId, part } }, select: { body: true } });
  if (kept === null) return NO_EVIDENCE;
  return StoredPart.safeParse(JSON.parse((await unpack(kept.body)).toString())).data ?? NO_EVIDENCE;
}

export function evidenceOfRow({ items, rows }: EvidencePart, n: number): { layers: LayerReport[]; evidence: Evidence[] } {
  const { layers = [], evidence = [] } = rows.get(n) ?? {};
  return { layers: parseLayers(layers.map((at) => items[at])), evidence: parseEvidence(evidence.map((at) => items[at])) };
}
