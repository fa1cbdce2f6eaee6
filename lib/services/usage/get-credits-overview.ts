// What the usage page says of the balance: what can be spent, what is held, what expires when, and where the workspace is warned.
import { listExpiring } from '@/lib/data/credits';
import type { Scope } from '@/lib/data/scope';
import { findStanding } from '@/lib/data/standing';
import { lowMark } from '@/lib/domain/low-balance';
import { getBalance } from '../ledger/get-balance';

export interface CreditsOverview {
  available: number;
  held: number;
  /** Soonest first; `expiresAt` is ISO 8601. */
  expiring: { expiresAt: string; credits: number }[];
  /** The mark that holds, and what was chosen; null: the plan's own. */
  mark: number;
  chosenMark: number | null;
}

const EXPIRIES_SHOWN = 4;

export async function getCreditsOverview(scope: Scope): Promise<CreditsOverview> {
  const [{ available, held }, standing, expiring] = await Promise.all([
    getBalance(scope),
    findStanding(scope),
    listExpiring(scope, EXPIRIES_SHOWN),
  ]);
  return {
    available,
    held,
    expiring: expiring.map(({ expiresAt, remaining }) => ({ expiresAt: expiresAt.toISOString(), credits: remaining })),
    mark: standing === null ? 0 : lowMark(standing),
    chosenMark: standing?.lowBelow ?? null,
  };
}
