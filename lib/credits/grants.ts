// Grants: credits given to a workspace, refunded, or expired. Grant, entry and balance change together, in the caller's
// transaction. A source key is granted or refunded once, however often it is called, and lists that waited for credits resume.
// Refuses amounts that are not positive whole numbers.
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { eachId } from '@/lib/platform/pages';
import type { Scope } from '@/lib/platform/scope';
import { onCreditsAvailable } from './balance';
import { type Cause, GRANT_PRIORITY, grantDefaults, isBought, requireAmount } from './rules/ledger';
import { expireGrant, type GrantFacts, listExpiredGrants, listGrantRows, listWorkspacesWithExpired } from './store/grants';
import { insertGrant, insertRefund, lockBalance } from './store/ledger';

const GRANTS_A_RUN = 100;

export interface GrantInput {
  /** `monthly`, `plan`, `purchase`, `pack`, or the caller's own word for a gift. It sets the default priority and cause. */
  kind: string;
  amount: number;
  sourceKey: string;
  /** Null: never expires. */
  expiresAt: Date | null;
  /** Of grants that expire at the same moment, the one with the lower number is spent first. */
  priority?: number | undefined;
  /** A cause without an id gets the grant's id. */
  cause?: Cause | undefined;
}

export interface RefundInput {
  amount: number;
  sourceKey: string;
  cause: Cause;
  /** The key whose call was charged. */
  apiKeyId: string | null;
  now: Date;
}

/** True if the grant is new, false if its source key was granted before. */
export async function grantCredits(scope: Scope, grant: GrantInput, tx: Tx): Promise<boolean> {
  requireAmount(grant.amount);
  const usual = grantDefaults(grant.kind);
  const { priority = usual.priority, cause = { type: usual.causeType, id: null } } = grant;
  const isNew = await insertGrant(scope, { ...grant, priority, cause }, tx);
  if (isNew) await onCreditsAvailable(scope, tx, { isPurchase: isBought(grant.kind) });
  return isNew;
}

/**
 * Gives back what was charged; the entry links to the charge. Refunded credits never expire (docs/adr/0015-ledger.md), and the
 * refunds of a month are one grant. False if the source key was refunded before.
 */
export async function refundCredits(scope: Scope, { now, ...refund }: RefundInput, tx: Tx): Promise<boolean> {
  requireAmount(refund.amount);
  await lockBalance(scope, tx);
  const month = now.toISOString().slice(0, 7);
  const isNew = await insertRefund(scope, { ...refund, priority: GRANT_PRIORITY.refund, month }, tx);
  if (isNew) await onCreditsAvailable(scope, tx);
  return isNew;
}

/** The scheduled job, in bounded batches, one transaction per workspace. Returns the number of credits that expired. */
export async function expireDueGrants(): Promise<number> {
  let expired = 0;
  for await (const workspaceId of eachId(listWorkspacesWithExpired)) {
    expired += await inTransaction((tx) => expireGrantsOf({ workspaceId }, tx));
  }
  return expired;
}

/**
 * Takes what remains of one workspace's expired grants from its balance, as entries; returns the number of credits. What was held
 * before a grant expired stays, because it may still be captured (if it is released, it expires with the next run). Nothing that
 * is held is ever taken.
 */
export async function expireGrantsOf(scope: Scope, tx: Tx): Promise<number> {
  const account = await lockBalance(scope, tx);
  if (!account) return 0;
  const free = account.balance - account.held;
  let expired = 0;
  let kept = 0;
  // Soonest first, the order in which holds are charged, so that what is held before one grant's end is not counted again for the
  // next.
  for (const { id, remaining, heldBefore } of await listExpiredGrants(scope, GRANTS_A_RUN, tx)) {
    const stays = Math.min(remaining, Math.max(0, heldBefore - kept));
    kept += stays;
    const amount = Math.min(remaining - stays, free - expired);
    if (amount > 0) await expireGrant(scope, { id, remaining, amount }, tx);
    expired += amount;
  }
  return expired;
}

/** The grants of these source keys. Call it with the ledger locked if what remains matters. */
export const listGrants = (scope: Scope, sourceKeys: readonly string[], tx: Tx): Promise<GrantFacts[]> =>
  listGrantRows(scope, sourceKeys, tx);

/**
 * For reversed payments: takes credits back, as entries of the ledger. Returns the number of credits taken from these grants
 * together.
 */
export async function revokeGrants(
  scope: Scope,
  wish: { sourceKeys: readonly string[]; atMost: number },
  tx: Tx,
): Promise<number> {
  const account = await lockBalance(scope, tx);
  if (account === null) return 0;
  let free = Math.min(wish.atMost, account.balance - account.held);
  let taken = 0;
  for (const { id, remaining } of await listGrants(scope, wish.sourceKeys, tx)) {
    const amount = Math.min(remaining, free);
    if (amount <= 0) continue;
    await expireGrant(scope, { id, remaining, amount, causeType: 'refund' }, tx);
    free -= amount;
    taken += amount;
  }
  return taken;
}
