// Holds: credits set aside before work starts, then captured or released, always in the caller's transaction. Concurrent holds
// never exceed the balance or their key's budget, and a source key holds and charges only once. Refuses with 402, saying how many
// credits are missing, if there are not enough that have not expired. Throws if more is captured than is held, because that is a
// bug.
import { type Tx, inTransaction } from '@/lib/platform/db/transaction';
import { AppError, fail, ok, type Result } from '@/lib/platform/errors';
import { formatCount, plural } from '@/lib/platform/numbers';
import type { Scope } from '@/lib/platform/scope';
import { enqueue } from '@/lib/platform/queue/enqueue';
import { onCreditsAvailable, onCreditsHeld, onCreditsMissing } from './balance';
import { expireGrantsOf } from './grants';
import { type Cause, requireAmount } from './rules/ledger';
import { bookCapture, type Capture, closeHold, findHold, growHold, insertHold, lockHold } from './store/holds';
import { lockBalance } from './store/ledger';
import type { Standing } from './store/standing';
import { findKeyBudget, type KeyBudget, markBudgetTold } from './store/usage';

export { lockedHold, quietCapture, type QuietCapture, quietHold } from './store/holds';

export interface HoldInput {
  amount: number;
  /** Names what the credits are held for, uniquely: the same cause never holds twice. */
  sourceKey: string;
  /** The cause that every charge of this hold links to. A list's hold stays open until it is released. */
  cause: Cause;
  /** The key that made the request; its budget applies. */
  apiKeyId?: string | null | undefined;
}

export interface HoldUpToInput {
  atMost: number;
  /** 1 if left out. */
  atLeast?: number;
  sourceKey: string;
  cause: Cause;
  apiKeyId?: string | null | undefined;
}

export interface ExtendHold {
  holdId: string;
  /** The most that is added. */
  atMost: number;
}

export interface Room {
  credits: number;
  /** Infinity if the key has no cap, or if the request came without a key. */
  budget: number;
  /** Null: no cap. */
  ofKey: BudgetOfKey | null;
}

/** Holds the full amount or nothing. */
export async function holdCredits(scope: Scope, input: HoldInput, tx: Tx): Promise<Result<{ holdId: string }>> {
  const { amount, sourceKey, cause, apiKeyId = null } = input;
  requireAmount(amount);
  const hold = { amount, sourceKey, cause, apiKeyId, staysOpen: cause.type === 'list' };
  const first = await insertHold(scope, { ...hold, isChecked: false }, tx);
  if (first !== null) return noticeHold(scope, { ...first, amount }, tx);
  // The refusal may come from a snapshot taken before another change was committed, from expired grants that wait for their
  // sweep, or from a budget that has to be summed. With the lock, the second check is exact.
  await lockBalance(scope, tx);
  const earlier = await findHold(scope, sourceKey, tx);
  if (earlier) return ok({ holdId: earlier.id });
  const room = await roomToHold(scope, apiKeyId, tx);
  const second = amount > Math.min(room.credits, room.budget) ? null : await insertHold(scope, { ...hold, isChecked: true }, tx);
  return second === null ? refuseHold(scope, { room, amount }, tx) : noticeHold(scope, { ...second, amount }, tx);
}

/**
 * Holds the available credits, up to a cap ("until empty"). Refuses if not even `atLeast` can be held. `amount` is what was held
 * when the hold was made.
 */
export async function holdUpTo(scope: Scope, input: HoldUpToInput, tx: Tx): Promise<Result<{ holdId: string; amount: number }>> {
  const { atMost, atLeast = 1, sourceKey, cause, apiKeyId = null } = input;
  requireAmount(atMost);
  requireAmount(atLeast);
  await lockBalance(scope, tx);
  const earlier = await findHold(scope, sourceKey, tx);
  if (earlier) return ok({ holdId: earlier.id, amount: earlier.amount });
  const room = await roomToHold(scope, apiKeyId, tx);
  const amount = Math.min(atMost, room.credits, room.budget);
  if (amount < atLeast) return refuseHold(scope, { room, amount: atLeast }, tx);
  const made = await insertHold(scope, { amount, sourceKey, cause, apiKeyId, staysOpen: true, isChecked: true }, tx);
  if (made === null) return refuseHold(scope, { room, amount: atLeast }, tx);
  await onCreditsHeld(scope, { standing: made.standing, amount }, tx);
  return ok({ holdId: made.holdId, amount });
}

/**
 * Adds to the hold of a list that ran empty, as far as credits and budget allow. Call it in the transaction that resumes the
 * list, so that a second run has nothing to extend. Refuses released holds. `added` is 0 if there is nothing to add; `left` is
 * what the hold then holds.
 */
export async function extendHold(
  scope: Scope,
  { holdId, atMost }: ExtendHold,
  tx: Tx,
): Promise<Result<{ added: number; left: number }>> {
  requireAmount(atMost);
  // A charge locks its hold before the balance, and so does this.
  const hold = await lockHold(scope, holdId, tx);
  if (hold === null) return fail('not_found', { detail: 'There is no such hold.' });
  if (!hold.isOpen) return fail('conflict', { detail: 'The held credits were already released.' });
  await lockBalance(scope, tx);
  const room = await roomToHold(scope, hold.apiKeyId, tx);
  const amount = Math.min(atMost, room.credits, room.budget);
  if (room.ofKey !== null && room.budget === 0) await tellBudgetExceeded(scope, room.ofKey, tx);
  if (room.credits < Math.min(atMost, room.budget)) await onCreditsMissing(scope, tx);
  const standing = amount > 0 ? await growHold(scope, { holdId, amount }, tx) : null;
  if (standing !== null) await onCreditsHeld(scope, { standing, amount }, tx);
  const added = standing === null ? 0 : amount;
  return ok({ added, left: hold.amount + added - hold.captured });
}

/**
 * Charges held credits. Grants that expire soonest are spent first, and the entry links to its cause. True if the charge is new,
 * false if its source key was charged before.
 */
export async function captureHold(scope: Scope, capture: Capture, tx: Tx): Promise<boolean> {
  // The next statement has to see how far the hold was extended, and what others spent of the grants.
  await lockHold(scope, capture.holdId, tx);
  return captureLockedHold(scope, capture, tx);
}

/**
 * Like `captureHold`, for a hold whose row and balance the caller has locked with an earlier statement of the transaction that
 * contains `lockedHold`.
 */
export async function captureLockedHold(scope: Scope, capture: Capture, tx: Tx): Promise<boolean> {
  requireAmount(capture.amount);
  const booked = await bookCapture(scope, capture, tx);
  if (booked === 'refused') throw new Error(`the hold ${capture.holdId} is closed or too small`);
  return booked === 'booked';
}

/** Gives back what a hold still holds, and closes it. True if it was open until now; a second run changes nothing. */
export async function releaseHold(scope: Scope, holdId: string, tx: Tx): Promise<boolean> {
  // As in `captureHold`.
  await lockHold(scope, holdId, tx);
  return releaseLockedHold(scope, holdId, tx);
}

/** Like `captureLockedHold`. */
export async function releaseLockedHold(scope: Scope, holdId: string, tx: Tx): Promise<boolean> {
  const closed = await closeHold(scope, holdId, tx);
  // A list releases many credits at once. Single checks that turn out free would only move the balance back and forth across the
  // mark.
  if (closed?.staysOpen === true) await onCreditsAvailable(scope, tx);
  return closed !== null;
}

/**
 * How much can be held now. It is exact, because it locks the balance row and sweeps what has expired: nobody else changes this
 * workspace's ledger until the transaction ends.
 */
export async function roomToHold(scope: Scope, apiKeyId: string | null, tx: Tx): Promise<Room> {
  while ((await expireGrantsOf(scope, tx)) > 0);
  const account = await lockBalance(scope, tx);
  const credits = account === null ? 0 : Math.max(0, account.balance - account.held);
  const found = apiKeyId === null ? null : await findKeyBudget(scope, apiKeyId, tx);
  if (apiKeyId === null || found === null) return { credits, budget: Infinity, ofKey: null };
  return { credits, budget: Math.max(0, found.cap - found.spent - found.held), ofKey: { ...found, apiKeyId } };
}

/** The refusal, which says how many of `amount` credits are missing. Reports a budget that is exceeded, and may buy a pack. */
async function refuseHold(
  scope: Scope,
  { room, amount }: { room: Room; amount: number },
  tx: Tx,
): Promise<ReturnType<typeof fail>> {
  const short = (left: number) => ({ available: String(left), missing: String(amount - left) });
  if (room.budget < amount) {
    if (room.ofKey !== null) await tellBudgetExceeded(scope, room.ofKey, tx);
    const detail = `This API key has ${plural(room.budget, 'credit')} left in this month’s budget; this needs ${formatCount(amount)}.`;
    return fail('budget_exceeded', { detail, fields: short(room.budget) });
  }
  await onCreditsMissing(scope, tx);
  const missing = formatCount(amount - room.credits);
  const detail = `This needs ${plural(amount, 'credit')}; you have ${formatCount(room.credits)} and need ${missing} more.`;
  return fail('insufficient_credits', { detail, fields: short(room.credits) });
}

async function noticeHold(
  scope: Scope,
  { holdId, amount, standing }: { holdId: string; amount: number; standing: Standing },
  tx: Tx,
): Promise<Result<{ holdId: string }>> {
  await onCreditsHeld(scope, { standing, amount }, tx);
  return ok({ holdId });
}

// Reports that the budget of an API key stopped something, by a job added in the transaction of the refusal, because webhooks
// come after credits in the order of nouns. It is reported once per key, month and budget, however many calls are refused; later
// refused calls cost nothing here.

interface BudgetOfKey extends KeyBudget {
  apiKeyId: string;
}

/** Call it with the balance row locked. */
async function tellBudgetExceeded(scope: Scope, ofKey: BudgetOfKey, tx: Tx): Promise<void> {
  if (ofKey.isTold) return;
  const { apiKeyId, keyName, cap, spent, held } = ofKey;
  const { month, at } = await markBudgetTold(scope, ofKey, tx);
  const { workspaceId } = scope;
  const payload = { workspaceId, apiKeyId, keyName, month, budget: cap, spent, held, at: at.toISOString() };
  await enqueue(
    'emit-budget-exceeded',
    payload,
    { jobKey: `emit-budget-exceeded:${apiKeyId}:${payload.at}`, priority: 'retry' },
    tx,
  );
}

/**
 * The result of a transaction that a refusal rolled back by throwing. What the refusal had set in motion was rolled back too, and is done
 * again: the report of a budget that is exceeded, the purchase of credits that are missing. Errors that are not refusals are thrown on.
 */
export async function refusedAfterRollback(scope: Scope, error: unknown, apiKeyId: string | null): Promise<Result<never>> {
  if (!(error instanceof AppError)) throw error;
  if (error.code === 'budget_exceeded' && apiKeyId !== null) {
    await inTransaction(async (tx) => {
      await lockBalance(scope, tx);
      const budget = await findKeyBudget(scope, apiKeyId, tx);
      if (budget !== null) await tellBudgetExceeded(scope, { ...budget, apiKeyId }, tx);
    });
  }
  if (error.code === 'insufficient_credits') await inTransaction((tx) => onCreditsMissing(scope, tx));
  return { ok: false, error };
}
