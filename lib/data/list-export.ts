// The rows of a list with their verdicts, as an export takes them: in the order of the file, window by window of row numbers. No
// cursor and no transaction stays open between two windows, so that a slow reader keeps neither a connection nor a snapshot. Promises
// windows of bounded size, whatever a row holds; nothing of another workspace; nothing of a list whose rows are going.
import { EXPORT_WINDOW_MAX_BYTES, EXPORT_WINDOW_ROWS } from '@/lib/domain/limits';
import { ROW_KIND } from '@/lib/domain/list';
import { rowPool } from './_row-pool';
import type { Scope } from './scope';

export interface ExportRow {
  n: number;
  /** JSON array of the row's cells. */
  cells: string;
  kind: number;
  first: number | null;
  problem: number | null;
  /** Of the row itself, or of the row that it repeats; null where there is no verdict yet. */
  reason: number | null;
  score: number | null;
  flags: number | null;
  provider: string | null;
  mxHost: string | null;
  didYouMean: string | null;
  /** As PostgreSQL writes it, in UTC. */
  checkedAt: string | null;
}

export type WhichRows =
  | { kind: 'every' }
  /** With a verdict, and rejected ones. */
  | { kind: 'final' }
  | { kind: 'rejected' }
  | {
      kind: 'matching';
      reasons: readonly number[] | null;
      provider: string | null;
      domain: string | null;
      beginning: string | null;
    };

export interface ExportWindow {
  rows: ExportRow[];
  /** The last row number that this window has dealt with. */
  upTo: number;
}

/** Bigger than a page of the database, smaller than what would hold the process up. */
const lastOf = (after: number): number => after + EXPORT_WINDOW_ROWS;

type Stored = ExportRow & { bytes: number };

/** The rows after number `after`. Ask again with `upTo` until it is past the list's last row. */
export async function readExportWindow(
  { workspaceId }: Scope,
  { listId, after }: { listId: string; after: number },
  which: WhichRows,
): Promise<ExportWindow> {
  const to = lastOf(after);
  const [condition, values] = conditionOf(which);
  // The sum stands at the front of each row; a row that begins past the bound waits for the next window.
  const { rows } = await rowPool().query<Stored>(
    `SELECT * FROM (
       SELECT r."n", r."cells", r."kind", r."first", r."problem", x."reason", x."score", x."flags", x."provider", x."mxHost",
         x."didYouMean", x."checkedAt"::text AS "checkedAt", (SUM(octet_length(r."cells")) OVER (ORDER BY r."n"))::int AS "bytes"
       FROM "List" l JOIN "ListRow" r ON r."listId" = l."id"
       LEFT JOIN "ListResult" x ON x."listId" = $1 AND x."n" = COALESCE(r."first", r."n")
       WHERE l."id" = $1 AND l."workspaceId" = $2 AND l."state" <> 'expired' AND r."n" > $3 AND r."n" <= $4 AND ${condition}
     ) t WHERE "bytes" - octet_length("cells") < ${EXPORT_WINDOW_MAX_BYTES} ORDER BY "n"`,
    [listId, workspaceId, after, to, ...values],
  );
  const last = rows.at(-1);
  const isCut = last !== undefined && last.bytes >= EXPORT_WINDOW_MAX_BYTES;
  return { rows, upTo: isCut ? last.n : to };
}

/** The first free parameter is $5. */
function conditionOf(which: WhichRows): [sql: string, values: unknown[]] {
  if (which.kind === 'every') return ['true', []];
  if (which.kind === 'final') return [`(x."n" IS NOT NULL OR r."kind" = ${ROW_KIND.rejected})`, []];
  if (which.kind === 'rejected') return [`r."kind" = ${ROW_KIND.rejected}`, []];
  const { reasons, provider, domain, beginning } = which;
  return [
    `x."n" IS NOT NULL AND ($5::smallint[] IS NULL OR x."reason" = ANY($5)) AND ($6::text IS NULL OR x."provider" = $6)
       AND ($7::text IS NULL OR x."domain" = $7) AND ($8::text IS NULL OR starts_with(x."email", $8))`,
    [reasons, provider, domain, beginning],
  ];
}
