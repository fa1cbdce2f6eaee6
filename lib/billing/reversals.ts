// Payments that were refunded or are disputed. What is left of the credits that a payment brought is taken back, and returned
// once if the payment stands after all. The facts are read from Stripe, never from the event, and are settled only if our rows
// have not changed since Stripe was asked. Any order and number of events, even concurrent ones, end the same. A partial refund
// made by hand is a gesture and takes nothing. Owners are told when credits are taken or returned, operators when a dispute
// begins or ends, each once, in the transaction of the change.
import { lockLedger } from '@/lib/credits/balance';
import { grantCredits, listGrants, revokeGrants } from '@/lib/credits/grants';
import { GRANT_PRIORITY } from '@/lib/credits/rules/ledger';
import { inTransaction, type Tx, untilSaved } from '@/lib/platform/db/transaction';
import { REVERSALS_SHOWN } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { PLAN_KEY_PREFIX } from './months';
import { notifyOperators, notifyOwners } from './notices';
import { findPaymentPurchase, type PaidPurchase } from './purchases';
import { type DisputeView, isDisputeOver, shareOfCredits, takesCredits } from './rules/billing';
import { findBillingAccount, lockBillingAccount, saveAutoTopUp } from './store/accounts';
import {
  listDisputeRows,
  listReversalsOfCharge,
  listShortReversals,
  type ReversalRow,
  saveReversal,
  setReversedAt,
} from './store/periods';
import { type ChargeFacts, type DisputeFacts, findDisputedCharge, readCharge } from './stripe/charges';

interface Settling {
  charge: ChargeFacts;
  purchase: PaidPurchase;
  /** Versions of our rows before Stripe was asked. */
  before: ReadonlyMap<string, number>;
  now: Date;
}

/** One reason why money goes back. */
type Claim = Pick<ReversalRow, 'id' | 'kind' | 'status' | 'reason' | 'amountCents' | 'currency' | 'respondBy'> & {
  takes: boolean;
};

interface Change {
  /** The row before the change; null if it is new. */
  known: ReversalRow | null;
  row: ReversalRow;
}

export const settleCharge = (chargeId: string, now = new Date()): Promise<void> =>
  untilSaved('the payment', async () => {
    const before = new Map((await listReversalsOfCharge(chargeId)).map(({ id, version }) => [id, version]));
    const charge = await readCharge(chargeId);
    if (charge === null || (!charge.isRefunded && charge.disputes.length === 0)) return true;
    const purchase = await findPaymentPurchase(charge);
    // A charge of somebody else on the same Stripe account.
    if (purchase === null) return true;
    return inTransaction((tx) => settleReversals({ charge, purchase, before, now }, tx));
  });

export async function settleDispute(disputeId: string): Promise<void> {
  const chargeId = await findDisputedCharge(disputeId);
  if (chargeId !== null) await settleCharge(chargeId);
}

/**
 * For the refund and each dispute of a payment: takes credits now, returns what was taken, or leaves them alone. False if
 * somebody else settled in the meantime, because what Stripe said may then be outdated.
 */
export async function settleReversals({ charge, purchase, before, now }: Settling, tx: Tx): Promise<boolean> {
  const { scope } = purchase;
  await lockBillingAccount(scope, tx);
  await lockLedger(scope, tx);
  const rows = new Map((await listReversalsOfCharge(charge.id, tx)).map((row) => [row.id, row]));
  if (rows.size !== before.size || [...rows.values()].some(({ id, version }) => before.get(id) !== version)) return false;
  const claims = claimsOf(charge);
  const isTaking = claims.some(({ takes }) => takes);
  for (const claim of claims) {
    const known = rows.get(claim.id) ?? null;
    const row = await settleClaim({ claim, known, rows, isTaking }, { charge, purchase, now }, tx);
    if (row === null) continue;
    rows.set(row.id, row);
    await saveReversal(scope, row, now, tx);
    await tellReversal(scope, { known, row }, tx);
  }
  if (purchase.period !== null) await stopPeriod(purchase.period, { purchase, claims, charge, now }, tx);
  if (claims.some(({ kind, takes }) => kind === 'dispute' && takes)) await stopTopUps(scope, tx);
  return true;
}

/**
 * Takes credits that checks held when their payment was reversed and have released since. Handles at most `take` payments, and
 * returns the number of credits taken.
 */
export async function takeWhatCameFree(take: number, now = new Date()): Promise<number> {
  let taken = 0;
  for (const { workspaceId, chargeId, id } of await listShortReversals(take)) {
    taken += await inTransaction(async (tx) => {
      const scope = { workspaceId };
      await lockBillingAccount(scope, tx);
      await lockLedger(scope, tx);
      const row = (await listReversalsOfCharge(chargeId, tx)).find((one) => one.id === id);
      if (row?.state !== 'taken') return 0;
      const more = await revokeGrants(scope, { sourceKeys: row.grantKeys, atMost: row.wanted - row.taken }, tx);
      if (more > 0) await saveReversal(scope, { ...row, taken: row.taken + more, version: row.version + 1 }, now, tx);
      return more;
    });
  }
  return taken;
}

/** Call it in the transaction of the change, once per change. */
export async function tellReversal(scope: Scope, { known, row }: Change, tx: Tx): Promise<void> {
  const { id, version, what, amountCents, currency, wanted, taken } = row;
  const cause = (word: string): string => `reversal:${id}:${word}:${version}`;
  const money = { what, amountCents, currency };
  const isPlan = isOfPlan(row);
  if (row.state === 'taken' && known?.state !== 'taken') {
    const kind = row.kind === 'refund' ? 'payment_refunded' : 'payment_disputed';
    await notifyOwners(scope, { cause: cause('taken'), content: { kind, ...money, isPlan, wanted, taken } }, tx);
  }
  if (row.state === 'returned' && known?.state === 'taken' && row.taken > 0) {
    await notifyOwners(scope, { cause: cause('returned'), content: { kind: 'credits_returned', ...money, credits: taken } }, tx);
  }
  if (row.kind === 'dispute') await tellOperators(scope, { known, row }, tx);
}

/** The disputed payments of all workspaces, newest first, for the operator. */
export async function listDisputes(): Promise<DisputeView[]> {
  const rows = await listDisputeRows(REVERSALS_SHOWN.disputes);
  return rows.map(
    ({ id, workspaceId, workspaceName, what, amountCents, currency, status, reason, respondBy, wanted, taken, createdAt }) => ({
      id,
      workspaceId,
      workspaceName,
      what,
      amountCents,
      currency,
      status,
      reason,
      respondBy: respondBy?.toISOString() ?? null,
      wanted,
      taken,
      createdAt: createdAt.toISOString(),
    }),
  );
}

function claimsOf({ id, isRefunded, amountCents, currency, disputes }: ChargeFacts): Claim[] {
  const refund: Claim = {
    id,
    kind: 'refund',
    status: 'refunded',
    reason: null,
    amountCents,
    currency,
    respondBy: null,
    takes: true,
  };
  return [...(isRefunded ? [refund] : []), ...disputes.map(toClaim)];
}

const toClaim = (dispute: DisputeFacts): Claim => ({ ...dispute, kind: 'dispute', takes: takesCredits(dispute.status) });

interface Case {
  claim: Claim;
  known: ReversalRow | null;
  rows: ReadonlyMap<string, ReversalRow>;
  /** Whether any claim on this payment takes credits. */
  isTaking: boolean;
}

/** The row to save; null if nothing changed. */
async function settleClaim(
  { claim, known, rows, isTaking }: Case,
  { charge, purchase, now }: Omit<Settling, 'before'>,
  tx: Tx,
): Promise<ReversalRow | null> {
  const { takes, ...facts } = claim;
  const version = (known?.version ?? 0) + 1;
  const base = { ...facts, chargeId: charge.id, what: purchase.what, version };
  if (takes && known?.state !== 'taken') {
    const taken = await takeCredits({ charge, purchase, claim, rows, now }, tx);
    return { ...base, ...taken, state: 'taken', takenAt: now };
  }
  if (!takes && known?.state === 'taken') {
    if (!isTaking && known.taken > 0) await returnCredits(purchase.scope, { row: known, version, now }, tx);
    return { ...known, ...base, state: 'returned', grantKeys: [...known.grantKeys, returnedKey(claim.id, version)] };
  }
  const isNews = known?.status !== claim.status || known.respondBy?.getTime() !== claim.respondBy?.getTime();
  const still = known ?? { state: 'noted', grantKeys: purchase.grantKeys, wanted: 0, taken: 0, takenAt: null };
  return isNews ? { ...still, ...base } : null;
}

interface Taking extends Omit<Settling, 'before'> {
  claim: Claim;
  rows: ReadonlyMap<string, ReversalRow>;
}

async function takeCredits(
  { charge, purchase, claim, rows, now }: Taking,
  tx: Tx,
): Promise<Pick<ReversalRow, 'grantKeys' | 'wanted' | 'taken'>> {
  const { scope } = purchase;
  // Includes the grants that returned credits after an earlier dispute.
  const grantKeys = [...new Set([...purchase.grantKeys, ...[...rows.values()].flatMap((row) => row.grantKeys)])];
  const bought = amountOf(await listGrants(scope, purchase.grantKeys, tx));
  const alive = (await listGrants(scope, grantKeys, tx)).filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
  const gone = [...rows.values()].filter(({ id, state }) => id !== claim.id && state === 'taken').map(({ taken }) => taken);
  const left = Math.min(bought, amountOf(alive)) - gone.reduce((sum, taken) => sum + taken, 0);
  const wanted = Math.max(0, Math.min(left, shareOfCredits(bought, { ofCents: charge.amountCents, cents: claim.amountCents })));
  const taken = wanted === 0 ? 0 : await revokeGrants(scope, { sourceKeys: grantKeys, atMost: wanted }, tx);
  return { grantKeys, wanted, taken };
}

const amountOf = (grants: readonly { amount: number }[]): number => grants.reduce((sum, { amount }) => sum + amount, 0);

const returnedKey = (reversalId: string, version: number): string => `stripe:returned:${reversalId}:${version}`;

/** Returns the credits that were taken, valid for as long as they were still valid when taken. */
async function returnCredits(
  scope: Scope,
  { row, version, now }: { row: ReversalRow; version: number; now: Date },
  tx: Tx,
): Promise<void> {
  const ends = (await listGrants(scope, row.grantKeys, tx)).map(({ expiresAt }) => expiresAt);
  const last = ends.includes(null) ? null : Math.max(...ends.map((end) => end?.getTime() ?? 0));
  const left = last === null ? null : Math.max(0, last - (row.takenAt ?? now).getTime());
  const grant = {
    kind: 'returned',
    amount: row.taken,
    sourceKey: returnedKey(row.id, version),
    expiresAt: left === null ? null : new Date(now.getTime() + left),
    priority: left === null ? GRANT_PRIORITY.purchase : GRANT_PRIORITY.plan,
    cause: { type: 'purchase', id: null } as const,
  };
  await grantCredits(scope, grant, tx);
}

interface Stopping {
  purchase: PaidPurchase;
  claims: readonly Claim[];
  charge: ChargeFacts;
  now: Date;
}

/** Stops the months of a paid year that are still to come. The subscription itself belongs to Stripe, and continues. */
async function stopPeriod(
  { subscriptionId, startsAt }: { subscriptionId: string; startsAt: Date },
  { purchase, claims, charge, now }: Stopping,
  tx: Tx,
): Promise<void> {
  const isGone = claims.some(({ takes, amountCents }) => takes && amountCents >= charge.amountCents);
  await setReversedAt(purchase.scope, { subscriptionId, startsAt, reversedAt: isGone ? now : null }, tx);
}

/** A card whose holder disputes a payment is not charged automatically again. */
async function stopTopUps(scope: Scope, tx: Tx): Promise<void> {
  const account = await findBillingAccount(scope, tx);
  if (account?.autoTopUp.enabled !== true) return;
  await saveAutoTopUp(scope, { ...account.autoTopUp, enabled: false, stopped: 'A payment was disputed with your bank.' }, tx);
}

const isOfPlan = ({ grantKeys }: ReversalRow): boolean => grantKeys.some((key) => key.startsWith(PLAN_KEY_PREFIX));

async function tellOperators({ workspaceId }: Scope, { known, row }: Change, tx: Tx): Promise<void> {
  const isOver = isDisputeOver(row.status);
  const began = known === null && !isOver;
  const tookAfterInquiry = known?.state === 'noted' && row.state === 'taken' && !isOver;
  const ended = isOver && known?.status !== row.status;
  if (!began && !tookAfterInquiry && !ended) return;
  const { id, status, reason, what, amountCents, currency, wanted, taken, respondBy } = row;
  const facts = { workspaceId, disputeId: id, status, reason, what, amountCents, currency, isPlan: isOfPlan(row), wanted, taken };
  const kind = ended ? 'dispute_closed' : 'dispute_opened';
  const content = { kind, ...facts, respondBy: respondBy?.toISOString() ?? null } as const;
  await notifyOperators({ workspaceId }, { cause: `dispute:${id}:${kind}:${row.version}`, content }, tx);
}
