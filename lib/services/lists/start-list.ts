// Starts a list that was read: the hold, the new state and the job that plans it, in one transaction. In full: the quote's maximum
// is held, 402 when short, with how many are missing. Until empty: what there is, or the cap. Refuses lists in another state, and
// more lists at work than a workspace may have.
import { announceLists, changeList, countListsAtWork, lockList, type ListRun } from '@/lib/data/list-run';
import type { Scope } from '@/lib/data/scope';
import { inTransaction, type Tx } from '@/lib/data/transaction';
import { LISTS_AT_WORK_A_WORKSPACE } from '@/lib/domain/limits';
import type { StartMode } from '@/lib/domain/list';
import type { ListView } from '@/lib/domain/list-view';
import { fail, ok, type Result } from '@/lib/errors';
import { enqueue } from '@/lib/queue/enqueue';
import { getList } from './get-list';
import { holdForList, type HoldForList } from './hold-for-list';
import { planJobKey } from './list-keys';
import { stateConflict } from './state-conflict';

export interface StartList {
  listId: string;
  mode: StartMode;
  /** The most it may cost; only with `until_empty`. */
  creditCap?: number | null | undefined;
}

export async function startList(scope: Scope, { listId, mode, creditCap = null }: StartList): Promise<Result<ListView>> {
  const started = await inTransaction<Result<null>>(async (tx) => {
    const list = await lockList(scope, listId, tx);
    if (list === null) return fail('not_found');
    if (list.state !== 'ready') return stateConflict(list.state, 'started');
    return beginRun(list, { need: list.maxCredits, mode, creditCap }, tx);
  });
  return started.ok ? getList(scope, listId) : started;
}

/** A run of its own: with its hold, its number and its plan. Call it with the list locked, in a state that may be queued. */
export async function beginRun(list: ListRun, hold: HoldForList, tx: Tx): Promise<Result<null>> {
  const scope = { workspaceId: list.workspaceId };
  if ((await countListsAtWork(scope, tx)) >= LISTS_AT_WORK_A_WORKSPACE) {
    return fail('limit_reached', { detail: `At most ${LISTS_AT_WORK_A_WORKSPACE} lists of a workspace run at once.` });
  }
  const held = await holdForList(list, hold, tx);
  if (!held.ok) return held;
  const change = {
    state: 'queued',
    pauseReason: null,
    failureDetail: null,
    run: list.run + 1,
    startMode: hold.mode,
    creditCap: hold.creditCap,
    holdId: held.value,
    reserved: 0,
    isPlanned: false,
    finishedAt: null,
    expiresAt: null,
    expiryNoticeAt: null,
    startedAt: new Date(),
  };
  await changeList(scope, list.id, change, tx);
  await enqueue('plan-list', { listId: list.id }, { jobKey: planJobKey(list.id) }, tx);
  await announceLists([list.id], tx);
  return ok(null);
}
