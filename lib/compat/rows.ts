// The rows of a list as other services tell of them, and a link to all of them. What became of each row is read page by page,
// so that a list of any size costs the same.
import { signDownload } from '@/lib/lists/export/open-export';
import { rowsDeleted } from '@/lib/lists/read';
import type { ListView } from '@/lib/lists/rules/view';
import { env } from '@/lib/platform/env';
import type { Scope } from '@/lib/platform/scope';
import { type Flags, type Reason, reasonOfCode, unpackFlags } from '@/lib/verdict/verdict';
import { ROW_KIND } from '@/lib/lists/rules/list';
import { cellsOf } from '@/lib/lists/results';
import { readRows } from '@/lib/lists/export/rows';
import type { Outcome } from './rules/outcome';

export interface JobRow extends RowOutcome {
  /** Null: no verdict, and none to be expected where the job is over. */
  outcome: Outcome | null;
}

export async function* jobRows(scope: Scope, list: ListView, { from = 0, take = Infinity } = {}): AsyncGenerator<JobRow, void> {
  if (list.status === 'expired') throw rowsDeleted(list).error;
  const to = Math.min(list.quote?.rows ?? 0, from + take);
  if (from >= to) return;
  for await (const row of listOutcomes(scope, { listId: list.id, from, to })) {
    const { verdict, email, cells } = row;
    const asSent = list.emailColumn === null ? email : (cells[list.emailColumn] ?? email);
    yield { ...row, outcome: verdict && { ...verdict, email: asSent, test: list.test, durationMs: 0 } };
  }
}

/** Works for some minutes without a key, at an address where the file has our columns or a service's own. */
export const downloadUrl = (scope: Scope, { id: listId }: ListView, path: string): string => {
  const wish = { segment: 'all', filter: {}, format: 'csv', bom: false } as const;
  return `${env().APP_URL}${path}/${signDownload({ scope, listId, wish })}`;
};

// The rows of a list with their verdicts as values, for answers in other forms than ours: each row of the file in its place, also those
// that repeat another, hold no address or have no verdict yet.

export interface RowVerdict {
  reason: Reason;
  score: number | null;
  flags: Flags;
  didYouMean: string | null;
  mxHost: string | null;
  provider: string | null;
}

interface RowOutcome {
  row: number;
  /** As it was verified; empty where the row holds none. */
  email: string;
  cells: string[];
  isDuplicate: boolean;
  isRejected: boolean;
  /** A row that repeats another has that one's. */
  verdict: RowVerdict | null;
}

export interface OutcomesToRead {
  listId: string;
  /** Number of the row before the first, and of the last. */
  from: number;
  to: number;
}

async function* listOutcomes(scope: Scope, { listId, from, to }: OutcomesToRead): AsyncGenerator<RowOutcome, void> {
  for await (const batch of readRows(scope, { listId, from, rows: to, which: { kind: 'every' } })) {
    for (const { n, email, cells, kind, first, verdict } of batch) {
      if (n > to) return;
      yield {
        row: n,
        email,
        cells: cellsOf(cells),
        isDuplicate: first !== null,
        isRejected: kind === ROW_KIND.rejected,
        verdict: verdict && {
          reason: reasonOfCode(verdict.reason),
          score: verdict.score,
          flags: unpackFlags(verdict.flags),
          didYouMean: verdict.didYouMean,
          mxHost: verdict.mxHost,
          provider: verdict.provider === '' ? null : verdict.provider,
        },
      };
    }
  }
}
