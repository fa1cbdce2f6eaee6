// What a workspace knows of addresses already: final answers of the last day that are not unknown, of single checks and of lists, with
// where their evidence is. Answers that were copied from memory, and those of test keys and test lists, are not remembered.
import { MEMORY_MAX_AGE_S } from '@/lib/domain/limits';
import { codeOfReason, codesOfStatus, packFlags } from '@/lib/domain/reason-codes';
import { isReason } from '@/lib/domain/verdict';
import { db } from './_client';
import { evidenceOfRow, readEvidencePart } from './list-evidence';
import type { FinalRow } from './list-results';
import type { Scope } from './scope';
import { parseEvidence, parseFlags, parseLayers } from './verification-json';

interface Found {
  n: number;
  email: string;
  domain: string;
  reason: number;
  score: number | null;
  flags: number;
  provider: string;
  mxHost: string | null;
  didYouMean: string | null;
  durationMs: number;
  checkedAt: Date;
  sourceList: string;
  sourceN: number;
  sourcePart: number;
}

type Remembered = Omit<FinalRow, 'layers' | 'evidence'>;

/** Rows of a list that other lists of the workspace answered, in the order of where their evidence is. */
export async function listAnswersOfLists({ workspaceId }: Scope, listId: string, rows: readonly number[]): Promise<FinalRow[]> {
  const found = await db().$queryRaw<Found[]>`
    SELECT r."n", r."email", r."domain", x.* FROM "ListRow" r CROSS JOIN LATERAL (
      SELECT x."reason", x."score", x."flags", x."provider", x."mxHost", x."didYouMean", x."durationMs", x."checkedAt",
        x."listId" AS "sourceList", x."n" AS "sourceN", x."part" AS "sourcePart"
      FROM "ListResult" x JOIN "List" l ON l."id" = x."listId"
      WHERE x."workspaceId" = ${workspaceId} AND x."email" = r."email"
        AND x."checkedAt" > timezone('UTC', now()) - make_interval(secs => ${MEMORY_MAX_AGE_S})
        AND NOT x."reason" = ANY(${[...codesOfStatus('unknown')]}::smallint[]) AND NOT x."cached" AND NOT l."test" AND l."state" <> 'expired'
      ORDER BY x."checkedAt" DESC LIMIT 1
    ) x
    WHERE r."listId" = ${listId} AND r."n" = ANY(${[...rows]}::int[]) AND r."domain" <> ''
    ORDER BY x."sourceList", x."sourcePart"`;
  return withEvidence(found);
}

/** One part of evidence at a time: neighbours share it. */
async function withEvidence(found: readonly Found[]): Promise<FinalRow[]> {
  const rows: FinalRow[] = [];
  const part: { key: string; body: unknown } = { key: '', body: null };
  for (const { sourceList, sourceN, sourcePart, ...row } of found) {
    const key = `${sourceList} ${sourcePart}`;
    if (part.key !== key) Object.assign(part, { key, body: await readEvidencePart(sourceList, sourcePart) });
    rows.push({ ...toRemembered(row), ...evidenceOfRow(part.body, sourceN) });
  }
  return rows;
}

const toRemembered = (row: Omit<Found, 'sourceList' | 'sourceN' | 'sourcePart'>): Remembered => ({
  ...row,
  cached: true,
  credits: 0,
});

interface FoundCheck {
  n: number;
  email: string;
  domain: string;
  reason: string;
  score: number | null;
  flags: unknown;
  mxProvider: string | null;
  mxHost: string | null;
  didYouMean: string | null;
  durationMs: number | null;
  checkedAt: Date;
  layers: unknown;
  evidence: unknown;
}

/** Rows of a list that single checks of the workspace answered. */
export async function listAnswersOfChecks({ workspaceId }: Scope, listId: string, rows: readonly number[]): Promise<FinalRow[]> {
  const found = await db().$queryRaw<FoundCheck[]>`
    SELECT r."n", r."email", r."domain", v.* FROM "ListRow" r CROSS JOIN LATERAL (
      SELECT v."reason", v."score", v."flags", v."mxProvider", v."mxHost", v."didYouMean", v."durationMs", v."checkedAt", v."layers",
        v."evidence"
      FROM "Verification" v
      WHERE v."workspaceId" = ${workspaceId} AND v."normalized" = r."email"
        AND v."checkedAt" > timezone('UTC', now()) - make_interval(secs => ${MEMORY_MAX_AGE_S})
        AND v."status" IN ('deliverable', 'risky', 'undeliverable') AND NOT v."test" AND NOT v."cached" AND v."visitorKey" IS NULL
      ORDER BY v."checkedAt" DESC LIMIT 1
    ) v
    WHERE r."listId" = ${listId} AND r."n" = ANY(${[...rows]}::int[]) AND r."domain" <> ''`;
  return found.flatMap(({ reason, flags, mxProvider, layers, evidence, durationMs, ...row }) =>
    isReason(reason)
      ? {
          ...row,
          reason: codeOfReason(reason),
          flags: packFlags(parseFlags(flags)),
          provider: mxProvider,
          durationMs: durationMs ?? 0,
          cached: true,
          credits: 0,
          layers: parseLayers(layers),
          evidence: parseEvidence(evidence),
        }
      : [],
  );
}
