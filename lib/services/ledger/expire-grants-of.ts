// Takes what remains of one workspace's expired grants from its balance, as entries, in the caller's transaction. Promises to
// leave what was held before a grant's end, which may still be captured (what is released expires with the next run), and to
// take nothing of what is held at all.
import { lockBalance } from '@/lib/data/credits';
import { expireGrant, listExpiredGrants } from '@/lib/data/ledger-schedule';
import type { Scope } from '@/lib/data/scope';
import type { Tx } from '@/lib/data/transaction';

const GRANTS_A_RUN = 100;

/** Number of credits that expired. */
export async function expireGrantsOf(scope: Scope, tx: Tx): Promise<number> {
  const account = await lockBalance(scope, tx);
  if (!account) return 0;
  const free = account.balance - account.held;
  let expired = 0;
  let kept = 0;
  // Soonest first, as holds are charged: what is held before the first one's end is not counted again for the next.
  for (const { id, remaining, heldBefore } of await listExpiredGrants(scope, GRANTS_A_RUN, tx)) {
    const stays = Math.min(remaining, Math.max(0, heldBefore - kept));
    kept += stays;
    const amount = Math.min(remaining - stays, free - expired);
    if (amount > 0) await expireGrant(scope, { id, remaining, amount }, tx);
    expired += amount;
  }
  return expired;
}
