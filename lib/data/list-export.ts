// The rows of a list with their verdicts, as an export takes them: in the order of the file, window by window of row numbers. No
// cursor and no transaction stays open between two windows, so that a slow reader keeps neither a connection nor a snapshot. Promises
// windows of bounded size, whatever a row holds; nothing of another workspace; nothing of a list whose rows are going.
//
// Rows and verdicts are read apart, each by a range of one key, and put together here: of a list that was written a moment ago the planner
// has no statistics, and takes a join of the two for a join of nothing, which it then does row by row over the whole list.
import { EXPORT_WINDOW_MAX_BYTES, EXPORT_WINDOW_ROWS } from '@/lib/domain/limits';
import { ROW_KIND } from '@/lib/domain/list';
import { rowPool } from './_row-pool';
import type { Scope } from './scope';

export interface ExportVerdict {
  n: number;
  reason: number;
  score: number | null;
  flags: number;
  /** Empty where none is known. */
  provider: string;
  mxHost: string | null;
  didYouMean: string | null;
  /** As PostgreSQL writes it, in UTC. */
  checkedAt: string;
}

interface StoredRow {
  n: number;
  /** JSON array of the row's cells. */
  cells: string;
  kind: number;
  first: number | null;
  problem: number | null;
}

export interface ExportRow extends StoredRow {
  /** Of the row itself, or of the row that it repeats; null where there is none yet. */
  verdict: ExportVerdict | null;
}

/** What of the verdicts is asked for; null: anything. */
export interface Matching {
  reasons: readonly number[] | null;
  provider: string | null;
  domain: string | null;
  beginning: string | null;
}

export type WhichRows =
  | { kind: 'every' }
  /** With a verdict, and rejected ones. */
  | { kind: 'final' }
  | { kind: 'rejected' }
  | { kind: 'matching'; matching: Matching };

export interface ExportWindow {
  rows: ExportRow[];
  /** The last row number that this window has dealt with. */
  upTo: number;
}

export interface WindowAfter {
  listId: string;
  after: number;
}

/** The rows after number `after`. Ask again with `upTo` until it is past the list's last row. */
export async function readExportWindow(scope: Scope, { listId, after }: WindowAfter, which: WhichRows): Promise<ExportWindow> {
  const to = after + EXPORT_WINDOW_ROWS;
  const matching = which.kind === 'matching' ? which.matching : ANYTHING;
  const near: VerdictsToRead = { listId, where: 'x."n" > $3 AND x."n" <= $4', values: [after, to], matching };
  const [stored, verdicts] = await Promise.all([
    readRows(scope, { listId, after, to, isRejected: which.kind === 'rejected' }),
    which.kind === 'rejected' ? [] : readVerdicts(scope, near),
  ]);
  const further = [...new Set(stored.flatMap(({ first }) => (first !== null && first <= after ? [first] : [])))];
  const far: VerdictsToRead = { listId, where: 'x."n" = ANY($3::int[]) AND $4::text IS NULL', values: [further, null], matching };
  const all = further.length === 0 ? verdicts : [...verdicts, ...(await readVerdicts(scope, far))];
  const verdictOf = new Map(all.map((verdict) => [verdict.n, verdict]));
  const rows = stored.map(({ n, cells, kind, first, problem }) => {
    return { n, cells, kind, first, problem, verdict: verdictOf.get(first ?? n) ?? null };
  });
  return { rows: rows.filter((row) => isWanted(row, which)), upTo: endOf(stored, to) };
}

function isWanted({ verdict, kind }: ExportRow, which: WhichRows): boolean {
  if (which.kind === 'every' || which.kind === 'rejected') return true;
  return verdict !== null || (which.kind === 'final' && kind === ROW_KIND.rejected);
}

type SizedRow = StoredRow & { bytes: number };

function endOf(rows: readonly SizedRow[], to: number): number {
  const last = rows.at(-1);
  return last !== undefined && last.bytes >= EXPORT_WINDOW_MAX_BYTES ? last.n : to;
}

async function readRows(
  { workspaceId }: Scope,
  { listId, after, to, isRejected }: WindowAfter & { to: number; isRejected: boolean },
): Promise<SizedRow[]> {
  // The sum stands at the end of each row; one that begins past the bound waits for the next window.
  const { rows } = await rowPool().query<SizedRow>(
    `SELECT * FROM (
       SELECT r."n", r."cells", r."kind", r."first", r."problem", (SUM(octet_length(r."cells")) OVER (ORDER BY r."n"))::int AS "bytes"
       FROM "ListRow" r WHERE r."listId" = $1 AND r."n" > $3 AND r."n" <= $4 ${isRejected ? `AND r."kind" = ${ROW_KIND.rejected}` : ''}
         AND EXISTS (SELECT 1 FROM "List" l WHERE l."id" = $1 AND l."workspaceId" = $2 AND l."state" <> 'expired')
     ) t WHERE "bytes" - octet_length("cells") < ${EXPORT_WINDOW_MAX_BYTES} ORDER BY "n"`,
    [listId, workspaceId, after, to],
  );
  return rows;
}

const ANYTHING: Matching = { reasons: null, provider: null, domain: null, beginning: null };

interface VerdictsToRead {
  listId: string;
  /** With $3 and $4 for its two values. */
  where: string;
  values: readonly [unknown, unknown];
  matching: Matching;
}

async function readVerdicts(
  { workspaceId }: Scope,
  { listId, where, values, matching }: VerdictsToRead,
): Promise<ExportVerdict[]> {
  const { reasons, provider, domain, beginning } = matching;
  const { rows } = await rowPool().query<ExportVerdict>(
    `SELECT x."n", x."reason", x."score", x."flags", x."provider", x."mxHost", x."didYouMean", x."checkedAt"::text AS "checkedAt"
     FROM "ListResult" x WHERE x."listId" = $1 AND x."workspaceId" = $2 AND ${where}
       AND ($5::smallint[] IS NULL OR x."reason" = ANY($5)) AND ($6::text IS NULL OR x."provider" = $6)
       AND ($7::text IS NULL OR x."domain" = $7) AND ($8::text IS NULL OR starts_with(lower(x."email"), lower($8)))
     ORDER BY x."n"`,
    [listId, workspaceId, ...values, reasons, provider, domain, beginning],
  );
  return rows;
}
