// A workspace's balance, and the warning that few credits are left: the event `credits.low` and a mail to the owners, once per
// crossing of the workspace's mark. A crossing is over when enough credits are back, or some are bought. Nobody is warned in the
// minute after a purchase: a list that waited for credits takes them at once, and nobody wants to read "few are left" right after
// paying.
import { listOwnerEmails } from '@/lib/accounts/store/workspaces';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { LOW_BALANCE_MARK_MAX } from '@/lib/platform/limits';
import { siteLink } from '@/lib/platform/mail/compose';
import { sendMail } from '@/lib/platform/mail/send';
import { enqueue } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { enqueueAutoTopUpIfDue } from '@/lib/billing/enqueue-top-up';
import { enqueueResume } from '@/lib/lists/enqueue-resume';
import { emitEvent } from '@/lib/webhooks/emit';
import { formatCount } from '@/lib/platform/numbers';
import { lowBalanceMail } from './mails';
import { lowMark } from './rules/ledger';
import { clearLow, findQuietUntil, findStanding, markLow, setLowBelow, type Standing } from './store/holds';
import { type Balance, findBalance, lockBalance } from './store/ledger';

export function getBalance(scope: Scope): Promise<Balance> {
  return findBalance(scope);
}

export interface CreditsHeld {
  /** After the hold. */
  standing: Standing;
  /** What was held. */
  amount: number;
}

/**
 * After a hold, in its transaction: buys a pack if the workspace buys automatically, and warns if few credits are left. Most
 * holds cost nothing here: the workspace's standing came with the hold.
 */
export async function onCreditsHeld(scope: Scope, { standing, amount }: CreditsHeld, tx: Tx): Promise<void> {
  const { available, buysItself } = standing;
  if (buysItself) await enqueueAutoTopUpIfDue(scope, { before: available + amount, after: available }, tx);
  await tellIfLow(scope, standing, tx);
}

/**
 * After credits came in, or a list released what it did not need, in the same transaction: lists that wait for credits go on, and
 * with enough credits the next crossing warns again. `isPurchase`: somebody paid, so the crossing is over even if it was not
 * enough.
 */
export async function onCreditsAvailable(scope: Scope, tx: Tx, { isPurchase = false } = {}): Promise<void> {
  const standing = await findStanding(scope, tx);
  if (standing?.isLow === true && (isPurchase || standing.available >= lowMark(standing))) await clearLow(scope, tx);
  if (standing !== null && standing.available > 0) await enqueueResume(scope, tx);
}

/** In the caller's transaction. In the minute after a purchase it only schedules another look. */
export async function tellIfLow(scope: Scope, standing: Standing, tx: Tx): Promise<void> {
  const { available, isLow } = standing;
  const threshold = lowMark(standing);
  if (isLow || available >= threshold) return;
  const quietUntil = await findQuietUntil(scope, tx);
  if (quietUntil !== null) return lookLater(scope, quietUntil, tx);
  const lowAt = await markLow(scope, tx);
  if (lowAt === null) return;
  const data = { available, threshold, url: siteLink('/usage') };
  await emitEvent(scope, { type: 'credits.low', sourceKey: `credits.low:${lowAt.toISOString()}`, data }, tx);
  const job = { jobKey: `mail-low-balance:${scope.workspaceId}`, priority: 'retry' } as const;
  await enqueue('mail-low-balance', { workspaceId: scope.workspaceId }, job, tx);
}

/** The job that looks again when the quiet minute is over. */
export function checkLowBalance(scope: Scope): Promise<void> {
  return inTransaction(async (tx) => {
    await lockBalance(scope, tx);
    const standing = await findStanding(scope, tx);
    if (standing !== null) await tellIfLow(scope, standing, tx);
  });
}

/**
 * Where the workspace wants to be warned: a number of its own, 0 for never, null for its plan's default. If there is enough by
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
 * Silent if there are enough credits again by now, or if something was bought since: then the crossing is over, and the next one
 * is told after its quiet minute.
 */
export async function mailLowBalance(scope: Scope): Promise<void> {
  const standing = await findStanding(scope);
  if (standing?.isLow !== true || standing.available >= lowMark(standing)) return;
  if ((await inTransaction((tx) => findQuietUntil(scope, tx))) !== null) {
    await inTransaction((tx) => clearLow(scope, tx));
    return checkLowBalance(scope);
  }
  const { available, held, buysItself } = standing;
  const left = { available, held, mark: lowMark(standing), buysItself };
  for (const to of await listOwnerEmails(scope)) await sendMail(lowBalanceMail(to, left));
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
