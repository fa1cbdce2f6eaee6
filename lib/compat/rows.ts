// The rows of a list as other services tell of them, and a link to all of them.
import { signDownload } from '@/lib/lists/export/download-link';
import { listOutcomes, type RowOutcome } from '@/lib/lists/export/outcomes';
import { rowsDeleted } from '@/lib/lists/read';
import type { ListView } from '@/lib/lists/rules/view';
import { env } from '@/lib/platform/env';
import type { Scope } from '@/lib/platform/scope';
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
