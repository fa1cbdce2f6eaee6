// The rows of a list with their verdicts as values, for answers in other forms than ours: each row of the file in its place, also those
// that repeat another, hold no address or have no verdict yet.
import type { Scope } from '@/lib/platform/scope';
import { type Flags, type Reason, reasonOfCode, unpackFlags } from '@/lib/verdict/verdict';
import { ROW_KIND } from '../rules/list';
import { cellsOf } from '../results';
import { readRows } from './rows';

export interface RowVerdict {
  reason: Reason;
  score: number | null;
  flags: Flags;
  didYouMean: string | null;
  mxHost: string | null;
  provider: string | null;
}

export interface RowOutcome {
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

export async function* listOutcomes(scope: Scope, { listId, from, to }: OutcomesToRead): AsyncGenerator<RowOutcome, void> {
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
