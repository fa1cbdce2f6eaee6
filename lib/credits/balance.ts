// A workspace's balance, and what a change of it triggers. If credits run low, the event `credits.low` is emitted and the owners
// are mailed, once per crossing of the workspace's mark. A crossing is over when enough credits are back, or when some are
// bought. Nobody is warned in the minute after a purchase: a list that waited for credits takes them right away, and nobody wants
// to read "few are left" right after paying. The event, the mail and an automatic purchase are jobs, added in the transaction of
// the change.
import { mailOwners } from '@/lib/accounts/workspaces';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { LOW_BALANCE_MARK_MAX } from '@/lib/platform/limits';
import { eachId } from '@/lib/platform/pages';
import { formatCount } from '@/lib/platform/numbers';
import { enqueue } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { composeMail, type Mail, siteLink } from '@/lib/platform/mail/compose';
import { lowMark } from './rules/ledger';
import { auditLedger, listWorkspaceIds } from './store/grants';
import { clearLow, findQuietUntil, findStanding, markLow, setLowBelow, type Standing } from './store/standing';
import { type Balance, findBalance, lockBalance } from './store/ledger';
import { hasWaitingLists } from './store/usage';

export { availableColumn } from './store/ledger';

export function getBalance(scope: Scope): Promise<Balance> {
  return findBalance(scope);
}

export interface BalanceAndMark extends Balance {
  /** The low-balance mark: fewer credits than this are low. */
  mark: number;
  /** Null: none was chosen, so the plan's default applies. */
  chosenMark: number | null;
}

export async function getBalanceAndMark(scope: Scope): Promise<BalanceAndMark> {
  const [balance, standing] = await Promise.all([findBalance(scope), findStanding(scope)]);
  return { ...balance, mark: standing === null ? 0 : lowMark(standing), chosenMark: standing?.lowBelow ?? null };
}

/** Waits for other changes of the workspace's ledger; until the transaction ends, nobody else changes it. */
export async function lockLedger(scope: Scope, tx: Tx): Promise<void> {
  await lockBalance(scope, tx);
}

export interface CreditsHeld {
  /** The standing after the hold. */
  standing: Standing;
  /** The amount held. */
  amount: number;
}

/**
 * Call it after a hold, in its transaction. Buys a pack if the workspace buys automatically, and warns if few credits are left.
 * Most holds cost nothing here, because the workspace's standing came with the hold.
 */
export async function onCreditsHeld(scope: Scope, { standing, amount }: CreditsHeld, tx: Tx): Promise<void> {
  const { available, buysBelow } = standing;
  if (buysBelow !== null && available < buysBelow && available + amount >= buysBelow) await enqueueAutoTopUp(scope, tx);
  await tellIfLow(scope, standing, tx);
}

/**
 * Call it when a hold found too few credits, in its transaction. Credits that expire cross the threshold of automatic purchases
 * without a hold; the first hold that misses them buys a pack.
 */
export async function onCreditsMissing(scope: Scope, tx: Tx): Promise<void> {
  const standing = await findStanding(scope, tx);
  if (standing !== null && standing.buysBelow !== null && standing.available < standing.buysBelow) {
    await enqueueAutoTopUp(scope, tx);
  }
}

/** The job checks the balance again and buys. One waiting job per workspace, however many holds cross the threshold. */
export function enqueueAutoTopUp({ workspaceId }: Scope, tx: Tx): Promise<void> {
  return enqueue('auto-top-up', { workspaceId }, { jobKey: `auto-top-up:${workspaceId}`, priority: 'retry' }, tx);
}

/**
 * Call it after credits came in or a list released what it did not need, in the same transaction. Lists that wait for credits
 * resume, and if there are enough credits, the next crossing warns again. `isPurchase`: somebody paid, so the crossing is over
 * even if the purchase was not enough.
 */
export async function onCreditsAvailable(scope: Scope, tx: Tx, { isPurchase = false } = {}): Promise<void> {
  const standing = await findStanding(scope, tx);
  if (standing?.isLow === true && (isPurchase || standing.available >= lowMark(standing))) await clearLow(scope, tx);
  if (standing !== null && standing.available > 0) await enqueueResume(scope, tx);
}

/** Runs in the caller's transaction. In the minute after a purchase it only schedules another check. */
export async function tellIfLow(scope: Scope, standing: Standing, tx: Tx): Promise<void> {
  const { available, isLow } = standing;
  const threshold = lowMark(standing);
  if (isLow || available >= threshold) return;
  const quietUntil = await findQuietUntil(scope, tx);
  if (quietUntil !== null) return lookLater(scope, quietUntil, tx);
  const lowAt = await markLow(scope, tx);
  if (lowAt === null) return;
  const { workspaceId } = scope;
  const event = { workspaceId, lowAt: lowAt.toISOString(), available, threshold };
  await enqueue('emit-low-balance', event, { jobKey: `emit-low-balance:${workspaceId}:${event.lowAt}`, priority: 'retry' }, tx);
  await enqueue('mail-low-balance', { workspaceId }, { jobKey: `mail-low-balance:${workspaceId}`, priority: 'retry' }, tx);
}

/** The job that checks again when the quiet minute is over. */
export function checkLowBalance(scope: Scope): Promise<void> {
  return inTransaction(async (tx) => {
    await lockBalance(scope, tx);
    const standing = await findStanding(scope, tx);
    if (standing !== null) await tellIfLow(scope, standing, tx);
  });
}

/**
 * Sets where the workspace wants to be warned: a number, 0 for never, null for its plan's default. If there are enough credits by
 * the new mark, the next crossing warns again; if not, the next hold warns.
 */
export async function setLowMark(scope: Scope, lowBelow: number | null): Promise<Result<null>> {
  const isGood = lowBelow === null || (Number.isSafeInteger(lowBelow) && lowBelow >= 0 && lowBelow <= LOW_BALANCE_MARK_MAX);
  if (!isGood) {
    const most = formatCount(LOW_BALANCE_MARK_MAX);
    return fail('invalid_request', { fields: { lowBelow: `Use a whole number from 0 to ${most}.` } });
  }
  await inTransaction(async (tx) => {
    await lockBalance(scope, tx);
    await setLowBelow(scope, lowBelow, tx);
    await onCreditsAvailable(scope, tx);
  });
  return ok(null);
}

/**
 * Sends nothing if there are enough credits again, or if something was bought since: the crossing is then over, and the next one
 * is reported after its quiet minute.
 */
export async function mailLowBalance(scope: Scope): Promise<void> {
  const standing = await findStanding(scope);
  if (standing?.isLow !== true || standing.available >= lowMark(standing)) return;
  if ((await inTransaction((tx) => findQuietUntil(scope, tx))) !== null) {
    await inTransaction((tx) => clearLow(scope, tx));
    return checkLowBalance(scope);
  }
  const { available, held, buysBelow } = standing;
  const left = { available, held, mark: lowMark(standing), buysItself: buysBelow !== null };
  await mailOwners(scope, (to) => lowBalanceMail(to, left));
}

/** One waiting job per workspace. */
function lookLater({ workspaceId }: Scope, runAt: Date, tx: Tx): Promise<void> {
  return enqueue(
    'check-low-balance',
    { workspaceId },
    { jobKey: `check-low-balance:${workspaceId}`, priority: 'retry', runAt },
    tx,
  );
}

/**
 * The ids of workspaces whose entries, grants or holds do not add up to their balance, read in batches. There should never be
 * any: this is for the operator, who wants to know before a customer does.
 */
export async function auditLedgers(): Promise<string[]> {
  const wrong: string[] = [];
  for await (const workspaceId of eachId(listWorkspaceIds)) {
    const { balance, held, entries, remaining, openHolds, broken } = await auditLedger({ workspaceId });
    const isSound = entries === balance && remaining === balance && openHolds === held && broken === 0;
    if (!isSound) wrong.push(workspaceId);
  }
  return wrong;
}

// Lists that wait for credits or for more free answers are resumed by a job, which is added in the transaction that frees credits
// or changes the plan. It is not added if no list waits. Call this after the balance has changed: pausing a list holds the
// balance's lock until the list is paused, so that none is missed.

export const resumeJobKey = (workspaceId: string): string => `resume-lists:${workspaceId}`;

export async function enqueueResume(scope: Scope, tx: Tx): Promise<void> {
  if (!(await hasWaitingLists(scope, tx))) return;
  const { workspaceId } = scope;
  await enqueue('resume-lists', { workspaceId }, { jobKey: resumeJobKey(workspaceId), priority: 'retry' }, tx);
}

// The mail that few credits are left, and what happens when they are used up.

export interface CreditsLeftFacts {
  available: number;
  held: number;
  /** The workspace wants to be told below this number of credits. */
  mark: number;
  buysItself: boolean;
}

function lowBalanceMail(to: string, { available, held, mark, buysItself }: CreditsLeftFacts): Mail {
  const heldWords = held > 0 ? ` Another ${formatCount(held)} are held for running checks.` : '';
  return composeMail(to, {
    subject: available === 0 ? 'Your credits are used up' : `${formatCount(available)} credits left`,
    paragraphs: [
      `Your Email Verifier workspace has ${formatCount(available)} credits left, fewer than the ${formatCount(mark)} you asked to be notified at.${heldWords}`,
      buysItself
        ? 'Automatic purchases are on: we are buying the pack you chose.'
        : 'When none are left, new checks are refused and lists pause. Nothing is lost: they resume once there are credits again.',
    ],
    button: { label: 'See your usage', url: siteLink('/usage') },
    after: ['You can change this threshold, or switch these emails off, on the same page.'],
  });
}
