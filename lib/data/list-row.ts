// One row of a list with everything that is known of it. Promises that it is bound to the workspace and that a row which repeats
// another shows the verdict of that one.
import { DUPLICATES_SHOWN } from '@/lib/domain/limits';
import type { Evidence } from '@/lib/domain/evidence';
import type { LayerReport } from '@/lib/domain/layer';
import { ROW_KIND } from '@/lib/domain/list';
import { db } from './_client';
import { evidenceOfRow, readEvidencePart } from './list-evidence';
import type { ResultRow } from './list-pages';
import type { Scope } from './scope';
import { parseEvidence } from './verification-json';

export interface StoredRow {
  n: number;
  email: string;
  cells: string;
  /** Further rows with the same address, the first of them. */
  duplicates: number[];
  /** Null: no final verdict yet. */
  result: Omit<ResultRow, 'n' | 'cells' | 'key'> | null;
  layers: LayerReport[];
  evidence: Evidence[];
  /** It is asked again then. */
  retryAt: Date | null;
}

const RESULT_FIELDS = {
  email: true,
  reason: true,
  score: true,
  flags: true,
  provider: true,
  mxHost: true,
  didYouMean: true,
  cached: true,
  credits: true,
  checkedAt: true,
  part: true,
} as const;

/** Null where there is no such row, or it holds no address. */
export async function findStoredRow({ workspaceId }: Scope, listId: string, n: number): Promise<StoredRow | null> {
  const own = await db().list.count({ where: { id: listId, workspaceId } });
  if (own === 0) return null;
  const row = await db().listRow.findUnique({
    where: { listId_n: { listId, n } },
    select: { email: true, kind: true, first: true, cells: true },
  });
  if (row === null || row.kind === ROW_KIND.rejected) return null;
  const first = row.first ?? n;
  const [result, retry, repeated] = await Promise.all([
    db().listResult.findUnique({ where: { listId_n: { listId, n: first } }, select: RESULT_FIELDS }),
    db().listRetry.findUnique({ where: { listId_n: { listId, n: first } }, select: { dueAt: true, evidence: true } }),
    listRepetitions(listId, first),
  ]);
  const duplicates = [first, ...repeated].filter((other) => other !== n);
  const { email, cells } = row;
  if (result === null) {
    return {
      n,
      email,
      cells,
      duplicates,
      result,
      layers: [],
      evidence: parseEvidence(retry?.evidence),
      retryAt: retry?.dueAt ?? null,
    };
  }
  const { part, ...verdict } = result;
  const found = evidenceOfRow(await readEvidencePart(listId, part), first);
  return { n, email, cells, duplicates, result: verdict, ...found, retryAt: null };
}

async function listRepetitions(listId: string, first: number): Promise<number[]> {
  const rows = await db().listRow.findMany({
    where: { listId, first },
    orderBy: { n: 'asc' },
    take: DUPLICATES_SHOWN,
    select: { n: true },
  });
  return rows.map(({ n }) => n);
}
