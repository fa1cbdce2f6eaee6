// What a workspace has: the sum of its ledger, what of it is held, and what can be spent now.
import { findBalance, type Balance } from '@/lib/data/credits';
import type { Scope } from '@/lib/data/scope';

export function getBalance(scope: Scope): Promise<Balance> {
  return findBalance(scope);
}
