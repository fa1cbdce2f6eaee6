// How long a list's rows are kept, and whether its maker is mailed at its end. The time counts from the end of the run, or from the
// list's creation where it never ran (a trigger keeps `expiresAt`). Refuses a time that is over already: deleting is another button.
import { changeList, lockList, announceLists } from '@/lib/data/list-run';
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import { LIST_RETENTION_DAYS } from '@/lib/domain/limits';
import type { ListView } from '@/lib/domain/list-view';
import { expiryOf } from '@/lib/domain/retention';
import { fail, ok, type Result } from '@/lib/errors';
import { getList } from './get-list';
import { rowsDeleted } from './rows-deleted';

export interface Keeping {
  listId: string;
  retentionDays?: number | undefined;
  mailOnEnd?: boolean | undefined;
}

export async function changeKeeping(scope: Scope, { listId, ...change }: Keeping): Promise<Result<ListView>> {
  const found = await getList(scope, listId);
  if (!found.ok) return found;
  const problem = change.retentionDays === undefined ? null : retentionProblem(found.value, change.retentionDays);
  if (problem !== null) return fail('invalid_request', { fields: { retention_days: problem } });
  const isChanged = await inTransaction(async (tx) => {
    const list = await lockList(scope, listId, tx);
    if (list === null || list.state === 'expired') return false;
    await changeList(scope, listId, change, tx);
    await announceLists([listId], tx);
    return true;
  });
  const now = await getList(scope, listId);
  if (!now.ok) return now;
  return isChanged ? ok(now.value) : rowsDeleted(now.value);
}

function retentionProblem(list: ListView, days: number): string | null {
  const { min, max } = LIST_RETENTION_DAYS;
  if (!Number.isInteger(days) || days < min || days > max) return `must be a whole number of days from ${min} to ${max}`;
  const expiry = expiryOf({ ...list, retentionDays: days });
  return expiry !== null && expiry <= Date.now()
    ? `is over already: the list has been kept for ${days} days or more. Delete it instead.`
    : null;
}
