// Holds: credits set aside before work starts, then captured or released, always in the caller's transaction. Concurrent holds
// never exceed the balance or their key's budget, and one source key holds and charges once. Refuses with 402, saying how many
// are missing, if there are not enough credits that have not expired; throws, because it is a bug, if more is captured than is
// held.
import { type Tx, inTransaction } from '@/lib/platform/db/transaction';
import { fail, ok, type Result, type AppError } from '@/lib/platform/errors';
import type { Scope } from '@/lib/platform/scope';
import { enqueue } from '@/lib/platform/queue/enqueue';
import { onCreditsHeld, onCreditsAvailable } from './balance';
import { expireGrantsOf } from './grants';
import { type Cause, requireAmount } from './rules/ledger';
import { bookCapture, type Capture, closeHold, findHold, growHold, insertHold, lockHold } from './store/holds';
import { lockBalance } from './store/ledger';
import type { Standing } from './store/standing';
import { findKeyBudget, type KeyBudget, markBudgetTold } from './store/usage';

export { lockedHold, quietHold } from './store/holds';

export interface HoldInput {
  amount: number;
  /** What the credits are held for, unique: the same cause never holds twice. */
  sourceKey: string;
  /** What every charge of this hold links to. A list's hold stays open until it is released. */
  cause: Cause;
  /** The key that asked; its budget applies. */
  apiKeyId?: string | null | undefined;
}

export interface HoldUpToInput {
  atMost: number;
  /** 1 unless given. */
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
  /** Infinity if the key has no cap, or no key asked. */
  budget: number;
  /** Null: no cap. */
  ofKey: BudgetOfKey | null;
}

/** The full amount or nothing. */
export async function holdCredits(scope: Scope, input: HoldInput, tx: Tx): Promise<Result<{ holdId: string }>> {
  const { amount, sourceKey, cause, apiKeyId = null } = input;
  requireAmount(amount);
  const hold = { amount, sourceKey, cause, apiKeyId, staysOpen: cause.type === 'list' };
  const first = await insertHold(scope, { ...hold, isChecked: false }, tx);
  if (first !== null) return noticeHold(scope, { ...first, amount }, tx);
  // Refused: perhaps on a snapshot from before another change was done, perhaps for expired grants that wait for their sweep,
  // perhaps for a budget that has to be added up. With the lock, the next look is exact.
  await lockBalance(scope, tx);
  const earlier = await findHold(scope, sourceKey, tx);
  if (earlier) return ok({ holdId: earlier.id });
  const room = await roomToHold(scope, apiKeyId, tx);
  const second = amount > Math.min(room.credits, room.budget) ? null : await insertHold(scope, { ...hold, isChecked: true }, tx);
  return second === null ? refuseHold(scope, { room, amount }, tx) : noticeHold(scope, { ...second, amount }, tx);
}

/**
 * Holds what there is, up to a cap ("until empty"). Refuses if not even `atLeast` can be held. `amount`: what was held when the
 * hold was made.
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
 * Adds to the hold of a list that ran empty, as far as there are credits and budget. Call it in the transaction that lets the
 * list go on, so that a second run has nothing to extend. Refuses holds that were released. `added` is 0 if there is nothing to
 * add; `left` is what the hold holds then.
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
  if (!hold.isOpen) return fail('conflict', { detail: 'What was held has been given back already.' });
  await lockBalance(scope, tx);
  const room = await roomToHold(scope, hold.apiKeyId, tx);
  const amount = Math.min(atMost, room.credits, room.budget);
  if (room.ofKey !== null && room.budget === 0) await tellBudgetExceeded(scope, room.ofKey, tx);
  const standing = amount > 0 ? await growHold(scope, { holdId, amount }, tx) : null;
  if (standing !== null) await onCreditsHeld(scope, { standing, amount }, tx);
  const added = standing === null ? 0 : amount;
  return ok({ added, left: hold.amount + added - hold.captured });
}

/**
 * Charges held credits. Grants are spent soonest to expire first, and the entry links to its cause. True if the charge is new,
 * false if its source key was charged before.
 */
export async function captureHold(scope: Scope, capture: Capture, tx: Tx): Promise<boolean> {
  // The next statement has to see what the hold was extended by, and what others spent of the grants.
  await lockHold(scope, capture.holdId, tx);
  return captureLockedHold(scope, capture, tx);
}

/** The same for a hold whose row and balance the caller has locked, by an earlier statement of the transaction that has `lockedHold` in it. */
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

/** As `captureLockedHold`. */
export async function releaseLockedHold(scope: Scope, holdId: string, tx: Tx): Promise<boolean> {
  const closed = await closeHold(scope, holdId, tx);
  // A list releases much at once. Checks that turn out free only move the balance back and forth across the mark.
  if (closed?.staysOpen === true) await onCreditsAvailable(scope, tx);
  return closed !== null;
}

/**
 * How much can be held now, exactly: it locks the balance row and sweeps what has expired, and nobody else changes this
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

/** Says how many of `amount` credits are missing. A budget that is in the way is told. */
async function refuseHold(
  scope: Scope,
  { room, amount }: { room: Room; amount: number },
  tx: Tx,
): Promise<ReturnType<typeof fail>> {
  const short = (left: number) => ({ available: String(left), missing: String(amount - left) });
  if (room.budget < amount) {
    if (room.ofKey !== null) await tellBudgetExceeded(scope, room.ofKey, tx);
    const detail = `This API key has ${count(room.budget)} left of its budget for this month, and this needs ${amount}.`;
    return fail('budget_exceeded', { detail, fields: short(room.budget) });
  }
  const missing = amount - room.credits;
  const detail = `This needs ${count(amount)}; ${room.credits} can be spent, ${missing} ${missing === 1 ? 'is' : 'are'} missing.`;
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

const count = (credits: number): string => `${credits} ${credits === 1 ? 'credit' : 'credits'}`;

// Tells that the budget of an API key stopped something, by a job in the transaction of the refusal: webhooks come after credits.
// Promises once a key, month and budget, however many calls are refused; a call that is refused after that costs nothing here.

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

/** For a refusal that rolled its transaction back, and with it what was told. */
export async function tellRolledBack(scope: Scope, { code }: AppError, apiKeyId: string | null): Promise<void> {
  if (code !== 'budget_exceeded' || apiKeyId === null) return;
  await inTransaction(async (tx) => {
    await lockBalance(scope, tx);
    const budget = await findKeyBudget(scope, apiKeyId, tx);
    if (budget !== null) await tellBudgetExceeded(scope, { ...budget, apiKeyId }, tx);
  });
}
