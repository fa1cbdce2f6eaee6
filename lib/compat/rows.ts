// The rows of a list for answers in other services' formats, and a link to all of them. The outcome of each row is read page by page, so
// that a list of any size costs the same.
import { signDownload } from '@/lib/lists/export/open-export';
import { rowsDeleted } from '@/lib/lists/read';
import type { ListView } from '@/lib/lists/rules/view';
import { env } from '@/lib/platform/env';
import type { Scope } from '@/lib/platform/scope';
import { type Flags, type Reason, reasonOfCode, unpackFlags } from '@/lib/verdict/verdict';
import { ROW_KIND } from '@/lib/lists/rules/list';
import { cellsOf } from '@/lib/lists/rules/rows';
import { readRows } from '@/lib/lists/export/rows';
import { type Outcome, unanswered } from './rules/outcome';

export interface JobRow extends RowOutcome {
  /** Null if there is no verdict, and none to be expected once the job is over. A row without an address is one with wrong syntax. */
  outcome: Outcome | null;
}

export async function* jobRows(scope: Scope, list: ListView, { from = 0, take = Infinity } = {}): AsyncGenerator<JobRow, void> {
  if (list.status === 'expired') throw rowsDeleted(list).error;
  const to = Math.min(list.quote?.rows ?? 0, from + take);
  if (from >= to) return;
  for await (const row of listOutcomes(scope, { listId: list.id, from, to })) {
    const { verdict, email, cells, isRejected } = row;
    const asSent = list.emailColumn === null ? email : (cells[list.emailColumn] ?? email);
    const noAddress = isRejected ? { ...unanswered(asSent, list.test), reason: 'syntax_invalid' as const } : null;
    yield { ...row, outcome: verdict ? { ...verdict, email: asSent, test: list.test, durationMs: 0 } : noAddress };
  }
}

/** The link works for some minutes without a key, at an address where the file has our columns or a service's own. */
export const downloadUrl = (scope: Scope, { id: listId }: ListView, path: string): string => {
  const wish = { segment: 'all', filter: {}, format: 'csv', bom: false } as const;
  return `${env().APP_URL}${path}/${signDownload({ scope, listId, wish })}`;
};

// The rows of a list with their verdicts as values, for answers in other formats than ours: each row of the file in its place, including
// those that repeat another row, contain no address or have no verdict yet.

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
  /** The address as it was verified; empty if the row contains none. */
  email: string;
  cells: string[];
  isDuplicate: boolean;
  /** It contains no address. */
  isRejected: boolean;
  /** A row that repeats another one has that row's verdict. */
  verdict: RowVerdict | null;
}

export interface OutcomesToRead {
  listId: string;
  /** The number of the row before the first one, and of the last one. */
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
