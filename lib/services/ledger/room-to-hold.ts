// How much can be held now, by what is there and by the key's budget, exactly: it waits for the balance row, sweeps what has
// expired, and nobody else changes the ledger of this workspace until the caller's transaction ends.
import { lockBalance } from '@/lib/data/credits';
import { findKeyBudget } from '@/lib/data/key-budgets';
import type { Scope } from '@/lib/data/scope';
import type { Tx } from '@/lib/data/transaction';
import { fail } from '@/lib/errors';
import { expireGrantsOf } from './expire-grants-of';

export interface Room {
  credits: number;
  /** Infinity where the key has no cap, or no key asks. */
  budget: number;
}

export async function roomToHold(scope: Scope, apiKeyId: string | null, tx: Tx): Promise<Room> {
  while ((await expireGrantsOf(scope, tx)) > 0);
  const account = await lockBalance(scope, tx);
  const credits = account === null ? 0 : Math.max(0, account.balance - account.held);
  const budget = apiKeyId === null ? null : await findKeyBudget(scope, apiKeyId, tx);
  return { credits, budget: budget === null ? Infinity : Math.max(0, budget.cap - budget.spent - budget.held) };
}

/** The refusal of `amount` credits that there is no room for: it says how many are missing. */
export function refuseHold(room: Room, amount: number): ReturnType<typeof fail> {
  const short = (left: number) => ({ available: String(left), missing: String(amount - left) });
  if (room.budget < amount) {
    const detail = `This API key has ${count(room.budget)} left of its budget for this month, and this needs ${amount}.`;
    return fail('budget_exceeded', { detail, fields: short(room.budget) });
  }
  const detail = `This needs ${count(amount)}; ${room.credits} can be spent, ${amount - room.credits} are missing.`;
  return fail('insufficient_credits', { detail, fields: short(room.credits) });
}

const count = (credits: number): string => `${credits} ${credits === 1 ? 'credit' : 'credits'}`;
