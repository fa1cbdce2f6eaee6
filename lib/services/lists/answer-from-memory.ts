// Answers rows of a list from the workspace's memory of the last day, for nothing: verdict and evidence are copied, dated as they
// were. Returns the rows that are answered now. Test lists have no memory.
import { listAnswersOfChecks, listAnswersOfLists } from '@/lib/data/list-memory';
import type { FinalRow } from '@/lib/data/list-results';
import type { ListRun } from '@/lib/data/list-run';
import { BATCH_MAX_ROWS } from '@/lib/domain/limits';
import { recordResults } from './record-results';

export async function answerFromMemory(list: ListRun, rows: readonly number[]): Promise<ReadonlySet<number>> {
  const answered = new Set<number>();
  if (list.test || rows.length === 0) return answered;
  const scope = { workspaceId: list.workspaceId };
  for (let from = 0; from < rows.length; from += BATCH_MAX_ROWS) {
    const some = rows.slice(from, from + BATCH_MAX_ROWS);
    const [ofLists, ofChecks] = await Promise.all([
      listAnswersOfLists(scope, list.id, some),
      listAnswersOfChecks(scope, list.id, some),
    ]);
    const known = newest([...ofLists, ...ofChecks]);
    const batch = { listId: list.id, run: list.run, claim: null, hadRetries: false, rows: known };
    if (!(await recordResults(scope, batch))) break;
    for (const { n } of known) answered.add(n);
  }
  return answered;
}

function newest(found: readonly FinalRow[]): FinalRow[] {
  const byRow = new Map<number, FinalRow>();
  for (const row of found) {
    const other = byRow.get(row.n);
    if (!other || (row.checkedAt?.getTime() ?? 0) > (other.checkedAt?.getTime() ?? 0)) byRow.set(row.n, row);
  }
  return [...byRow.values()];
}
