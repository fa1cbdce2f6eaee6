// Starts a run of a list: its first, or another for its unknown answers. The hold, the new status and the planning job are one
// transaction. In the mode `full`, all that the run may cost is held, or 402 says how many credits are missing. In `until_empty`,
// the available credits are held, up to a cap. A run that can cost nothing holds nothing. Refuses lists in another status, and
// more running lists than a workspace may have.
import { requireOpen } from '@/lib/accounts/deletion';
import { extendHold, holdCredits, holdUpTo, refusedAfterRollback } from '@/lib/credits/holds';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { LISTS_AT_WORK_A_WORKSPACE } from '@/lib/platform/limits';
import { enqueue } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { codesOfStatus } from '@/lib/verdict/verdict';
import { listHoldKey, planJobKey } from './jobs';
import { getList, statusConflict } from './read';
import { findCapProblem, type StartMode } from './rules/list';
import type { ListView } from './rules/view';
import { findHoldAmounts, announceLists, changeRun, countListsAtWork, findListRun, type ListRun, lockList } from './store/run';
import { deleteResults } from './store/results';
import { moveStatus } from './store/status';

export interface HoldForList {
  /** The most that this run can cost. */
  need: number;
  mode: StartMode;
  creditCap: number | null;
}

export interface StartList {
  listId: string;
  mode: StartMode;
  /** The most it may cost; only with `until_empty`. */
  creditCap?: number | null | undefined;
}

const CHOOSE_COLUMN =
  'No column of this list is known to hold addresses. Choose one first (email_column, a name or a number from 1); the file is kept for a day.';

export async function startList(scope: Scope, { listId, mode, creditCap = null }: StartList): Promise<Result<ListView>> {
  const started = await inTransaction<Result<null>>(async (tx) => {
    const list = await lockList(scope, listId, tx);
    if (list === null) return fail('not_found');
    if (list.status !== 'ready') return statusConflict(list.status, 'started');
    if (list.needsColumn) return fail('no_email_column', { detail: CHOOSE_COLUMN });
    return beginRun(list, { need: list.maxCredits, mode, creditCap }, tx);
  });
  return started.ok ? getList(scope, listId) : started;
}

/** Begins a run with its own hold, number and plan. Call it with the list locked, in a status that can move to `queued`. */
export async function beginRun(list: ListRun, hold: HoldForList, tx: Tx): Promise<Result<null>> {
  const scope = { workspaceId: list.workspaceId };
  const open = await requireOpen(scope, tx);
  if (!open.ok) return open;
  if ((await countListsAtWork(scope, tx)) >= LISTS_AT_WORK_A_WORKSPACE) {
    return fail('limit_reached', { detail: `A workspace can run at most ${LISTS_AT_WORK_A_WORKSPACE} lists at once.` });
  }
  const held = await holdForList(list, hold, tx);
  if (!held.ok) return held;
  const fresh = {
    pauseReason: null,
    failureDetail: null,
    startedAt: new Date(),
    finishedAt: null,
    expiresAt: null,
    expiryNoticeAt: null,
  };
  await moveStatus(scope, list.id, { to: 'queued', ...fresh }, tx);
  const change = {
    run: list.run + 1,
    startMode: hold.mode,
    creditCap: hold.creditCap,
    holdId: held.value,
    isPlanned: false,
  };
  await changeRun(list.id, change, tx);
  await enqueue('plan-list', { listId: list.id }, { jobKey: planJobKey(list.id) }, tx);
  await announceLists([list.id], tx);
  return ok(null);
}

export interface RetryUnknowns {
  listId: string;
  /** `full` if left out. */
  mode?: StartMode | undefined;
  creditCap?: number | null | undefined;
}

/**
 * Asks again for the unknown answers of a list that has ended and, in a canceled list, for rows that were never asked. The run
 * has its own hold: an answer that is charged now was free before. The unknown answers are deleted first, so that each row has at
 * most one verdict. Refuses if nothing is unknown, or if the rows are deleted.
 */
export async function retryUnknowns(scope: Scope, input: RetryUnknowns): Promise<Result<ListView>> {
  const { listId } = input;
  const begun = await inTransaction<Result<null>>(async (tx) => {
    const list = await lockList(scope, listId, tx);
    if (list === null) return fail('not_found');
    if ((list.status !== 'completed' && list.status !== 'cancelled') || list.isPurged || list.run === 0) {
      return statusConflict(list.status, 'asked again');
    }
    return askAgain(list, input, tx);
  }).catch(async (error: unknown) => refusedAfterRollback(scope, error, (await findListRun(listId))?.apiKeyId ?? null));
  return begun.ok ? getList(scope, listId) : begun;
}

async function askAgain(list: ListRun, { mode = 'full', creditCap = null }: RetryUnknowns, tx: Tx): Promise<Result<null>> {
  const scope = { workspaceId: list.workspaceId };
  const deleted = await deleteResults(scope, { listId: list.id, reasons: codesOfStatus('unknown') }, tx);
  const processed = list.processed - deleted;
  const need = list.unique - processed;
  if (need <= 0) return fail('list_status_conflict', { detail: 'Every row of this list has an answer; none is unknown.' });
  await changeRun(list.id, { processed }, tx);
  const begun = await beginRun({ ...list, processed }, { need, mode, creditCap }, tx);
  // Throwing rolls back the deletion: a refusal must not lose the answers.
  if (!begun.ok) throw begun.error;
  return ok(null);
}

/** Null: nothing can be charged, so nothing is held. */
export async function holdForList(list: ListRun, { need, mode, creditCap }: HoldForList, tx: Tx): Promise<Result<string | null>> {
  const problem = findCapProblem(creditCap, mode);
  if (problem !== null) return fail('invalid_request', { fields: { credit_cap: problem } });
  if (list.test || need <= 0) return ok(null);
  const scope = { workspaceId: list.workspaceId };
  const hold = {
    sourceKey: listHoldKey(list.id, list.run + 1),
    cause: { type: 'list', id: list.id } as const,
    apiKeyId: list.apiKeyId,
  };
  const held =
    mode === 'full'
      ? await holdCredits(scope, { ...hold, amount: need }, tx)
      : await holdUpTo(scope, { ...hold, atMost: Math.min(need, creditCap ?? need) }, tx);
  return held.ok ? ok(held.value.holdId) : held;
}

export interface ListMoney {
  holdId: string | null;
  /** What chunks that begin now may reserve. */
  left: number;
  /** The whole cap is held; holding more needs a higher cap. */
  isAtCap: boolean;
}

/**
 * Returns how much of the list's hold is free, not counting what running chunks have `reserved`. If that is less than `enough`,
 * holds more until `upTo` is free or nothing is left to take. Call it with the list locked. A list that had nothing to pay for
 * until now gets its hold here. For a list started in full, the quote is the cap: it never costs more than its owner agreed to,
 * even if answers that the quote counted as known have been forgotten since.
 */
export async function extendListHold(
  list: ListRun,
  { enough, upTo, reserved }: { enough: number; upTo: number; reserved: number },
  tx: Tx,
): Promise<ListMoney> {
  const hold = list.holdId === null ? null : await findHoldAmounts(list.holdId, tx);
  const amount = hold?.amount ?? 0;
  const left = Math.max(0, amount - (hold?.captured ?? 0) - reserved);
  const cap = list.creditCap ?? (list.startMode === 'full' ? amount : Infinity);
  const toCap = Math.max(0, cap - amount);
  const wanted = Math.min(Math.max(enough, upTo) - left, toCap);
  if (left >= enough || wanted <= 0) return { holdId: list.holdId, left, isAtCap: toCap === 0 };
  const scope = { workspaceId: list.workspaceId };
  if (hold !== null && list.holdId !== null) {
    const extended = await extendHold(scope, { holdId: list.holdId, atMost: wanted }, tx);
    const added = extended.ok ? extended.value.added : 0;
    return { holdId: list.holdId, left: left + added, isAtCap: added === toCap };
  }
  const cause = { type: 'list', id: list.id } as const;
  const sourceKey = listHoldKey(list.id, list.run);
  const held = await holdUpTo(scope, { atMost: wanted, sourceKey, cause, apiKeyId: list.apiKeyId }, tx);
  if (!held.ok) return { holdId: null, left: 0, isAtCap: false };
  await changeRun(list.id, { holdId: held.value.holdId }, tx);
  return { holdId: held.value.holdId, left: held.value.amount, isAtCap: held.value.amount === toCap };
}
