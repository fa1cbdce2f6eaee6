// Takes back what is left of one grant, as an entry of the ledger: for purchases that were refunded. Never more than is left of it,
// and nothing that is held.
import { lockBalance } from './credits';
import { expireGrant } from './ledger-schedule';
import type { Tx } from './_client';
import type { Scope } from './scope';

/** Number of credits that were taken. */
export async function revokeGrant(scope: Scope, sourceKey: string, tx: Tx): Promise<number> {
  const account = await lockBalance(scope, tx);
  const grant = await tx.creditGrant.findFirst({
    where: { workspaceId: scope.workspaceId, sourceKey },
    select: { id: true, remaining: true },
  });
  if (account === null || grant === null) return 0;
  const amount = Math.min(grant.remaining, account.balance - account.held);
  if (amount <= 0) return 0;
  await expireGrant(scope, { ...grant, amount }, tx);
  return amount;
}
