// One row of a list with its layers and its evidence. A row that repeats another has that one's verdict. What is another workspace's,
// holds no address or is deleted reads as missing.
import { findListHead } from '@/lib/data/list-pages';
import { findStoredRow, type StoredRow } from '@/lib/data/list-row';
import type { Scope } from '@/lib/data/scope';
import { LIST_ROWS_MAX } from '@/lib/domain/limits';
import type { ListResultView, ListRowView } from '@/lib/domain/list-view';
import { DEFAULT_POLICY, isPolicyName } from '@/lib/domain/recommendation';
import { NO_FLAGS_KNOWN } from '@/lib/domain/unasked-answer';
import { fail, ok, type Result } from '@/lib/errors';
import { cellsOf, toResultView } from './result-view';

export async function getListRow(scope: Scope, listId: string, n: number): Promise<Result<ListRowView>> {
  if (!Number.isSafeInteger(n) || n < 1 || n > LIST_ROWS_MAX) return fail('not_found');
  const [list, row] = await Promise.all([findListHead(scope, listId), findStoredRow(scope, listId, n)]);
  if (list === null || list.isExpired || row === null) return fail('not_found');
  const policy = isPolicyName(list.policy) ? list.policy : DEFAULT_POLICY;
  const { cells, duplicates, layers, evidence, retryAt } = row;
  return ok({
    ...(row.result === null ? pendingView(row) : toResultView(n, row.result, policy)),
    email: row.email,
    cells: cellsOf(cells),
    duplicates,
    layers,
    evidence,
    retryAt: retryAt?.toISOString() ?? null,
  });
}

const pendingView = ({ n, email }: StoredRow): ListResultView => ({
  row: n,
  email,
  status: 'pending',
  reason: null,
  score: null,
  recommendation: null,
  flags: NO_FLAGS_KNOWN,
  didYouMean: null,
  provider: null,
  mxHost: null,
  cached: false,
  creditsCharged: 0,
  checkedAt: null,
});
