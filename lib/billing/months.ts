// The months of a paid plan: how many credits each brings, granting them, and when the next ones come. A monthly period is one
// month, whatever its length in days. A year has twelve, counted from its first day. The month of a moment is computed by a pure
// function, so it is always the same. A month is granted once, and not if its payment was reversed.
import { getClosesAt } from '@/lib/accounts/deletion';
import { getFreeCreditsState, monthlyPeriod } from '@/lib/credits/free-credits';
import { grantCredits } from '@/lib/credits/grants';
import type { FreeCreditsState } from '@/lib/credits/rules/free';
import { PLANS } from '@/lib/accounts/rules/plans';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import type { Scope } from '@/lib/platform/scope';
import { isLiveStatus } from './customers';
import { type BillingAccount, findBillingAccount, lockBillingAccount } from './store/accounts';
import {
  findGrantAmount,
  findReversedAt,
  listPlanPeriods,
  listRunningYears,
  type PlanPeriod,
  type RunningYear,
} from './store/periods';

/** The prefix of the source key of a plan's month. */
export const PLAN_KEY_PREFIX = 'plan:';

const BATCH_SIZE = 500;

const WITHOUT_NEXT: ReadonlySet<FreeCreditsState> = new Set(['temporary_mailbox', 'alias_service', 'mailbox_used']);

export interface PlanMonth {
  startsAt: Date;
  endsAt: Date;
  sourceKey: string;
  /** The plan's credits for this month, as it was paid. */
  credits: number;
}

export interface NextCredits {
  at: Date;
  amount: number;
}

/**
 * Grants the credits of one month of a paid period, in the caller's transaction. The amounts granted around an upgrade do not
 * depend on which invoice became known first:
 * - The new period begins with the upgrade and brings a full month of the new plan, less the part of the old plan's month that Stripe
 *   credits as unused: those credits were already granted, and stay until they expire.
 * - An old month that becomes known after the upgrade brings only the part of it that was used.
 *
 * Returns the credits granted now; 0 if there were none to grant or they were granted before.
 */
export async function grantPlanMonth(scope: Scope, { period, now }: { period: PlanPeriod; now: Date }, tx: Tx): Promise<number> {
  // Without the lock, two concurrent invoices would not see each other.
  await lockBillingAccount(scope, tx);
  const month = planMonthAt(period, now);
  if (month === null || (await findReversedAt(scope, period, tx)) !== null) return 0;
  const around = await listPlanPeriods(scope, { from: month.startsAt, to: month.endsAt }, tx);
  const amount = cutShort(month, period, around) - (await givenAlready(scope, { month, period, around }, tx));
  if (amount <= 0) return 0;
  const grant = { kind: 'plan', amount, sourceKey: month.sourceKey, expiresAt: month.endsAt };
  return (await grantCredits(scope, grant, tx)) ? amount : 0;
}

/**
 * The scheduled job: grants each month of a paid year that has begun, for subscriptions that still run. Monthly plans need no
 * schedule, because their invoice brings the grant. Uses one transaction per workspace; if a run dies, the next one continues.
 * Returns the number of grants.
 */
export async function grantDuePlanMonths(now: Date): Promise<number> {
  let granted = 0;
  for (let after: RunningYear | null = null; ;) {
    const page: RunningYear[] = await listRunningYears(now, { after, take: BATCH_SIZE });
    for (const { workspaceId, period } of page) {
      if ((await inTransaction((tx) => grantPlanMonth({ workspaceId }, { period, now }, tx))) > 0) granted++;
    }
    const last = page.at(-1);
    if (last === undefined) return granted;
    after = last;
  }
}

/**
 * When the next credits come and how many; null if none are certain. A paid year brings its months while it runs. A renewal
 * brings the next month, unless the plan is set to end, a payment is late or the workspace closes before then. On the Free plan,
 * credits come with the calendar month.
 */
export async function findNextCredits(scope: Scope, now: Date): Promise<NextCredits | null> {
  const [account, closesAt, free] = await Promise.all([
    findBillingAccount(scope),
    getClosesAt(scope),
    getFreeCreditsState(scope),
  ]);
  const next =
    account !== null && isLiveStatus(account.status) ? await nextOfPlan(scope, account, now) : nextOfFree(now, free ?? 'pending');
  return next !== null && closesAt !== null && next.at >= closesAt ? null : next;
}

/** The same day of a later month, or that month's last day if it has no such day. */
export function addMonths(date: Date, months: number): Date {
  const moved = new Date(date);
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(date.getUTCDate(), lastDay));
  return moved;
}

/**
 * The month of the period that contains the moment. A moment before the period counts as its first month; a moment after it has
 * none.
 */
export function planMonthAt(period: PlanPeriod, moment: Date): PlanMonth | null {
  const at = moment < period.startsAt ? period.startsAt : moment;
  if (at >= period.endsAt) return null;
  if (period.interval === 'month') return toMonth(period, { startsAt: period.startsAt, endsAt: period.endsAt });
  for (let month = 0; ; month++) {
    const endsAt = addMonths(period.startsAt, month + 1);
    if (at >= endsAt) continue;
    return toMonth(period, {
      startsAt: addMonths(period.startsAt, month),
      endsAt: endsAt < period.endsAt ? endsAt : period.endsAt,
    });
  }
}

/** The source keys of all months of a period. */
export function monthKeysOf(period: PlanPeriod): string[] {
  const keys: string[] = [];
  for (let month = planMonthAt(period, period.startsAt); month !== null; month = planMonthAt(period, month.endsAt)) {
    keys.push(month.sourceKey);
  }
  return keys;
}

/** The share of the time from start to end that lies before `until`. */
export const shareOf = (start: Date, until: Date, end: Date): number =>
  (until.getTime() - start.getTime()) / (end.getTime() - start.getTime());

function toMonth({ subscriptionId, plan }: PlanPeriod, { startsAt, endsAt }: { startsAt: Date; endsAt: Date }): PlanMonth {
  // Less than a month is paid for if a plan was changed in Stripe's own dashboard. It then brings its share of the credits.
  const share = Math.min(1, shareOf(startsAt, endsAt, addMonths(startsAt, 1)));
  const credits = Math.floor(PLANS[plan].creditsAMonth * share);
  return { startsAt, endsAt, sourceKey: `${PLAN_KEY_PREFIX}${subscriptionId}:${startsAt.toISOString()}`, credits };
}

const isLater = (other: PlanPeriod, period: PlanPeriod): boolean => other.startsAt > period.startsAt;

/** What the month brings up to the start of a later period. */
function cutShort(month: PlanMonth, period: PlanPeriod, around: readonly PlanPeriod[]): number {
  const later = around.filter((other) => isLater(other, period)).map(({ startsAt }) => startsAt.getTime());
  if (later.length === 0) return month.credits;
  const until = new Date(Math.max(month.startsAt.getTime(), Math.min(...later)));
  return Math.floor(month.credits * shareOf(month.startsAt, until, month.endsAt));
}

interface Around {
  month: PlanMonth;
  period: PlanPeriod;
  around: readonly PlanPeriod[];
}

/** What was already granted for the time that earlier periods had left when this one began. */
async function givenAlready(scope: Scope, { month, period, around }: Around, tx: Tx): Promise<number> {
  // Only a period's first month can overlap an earlier period.
  if (month.startsAt > period.startsAt) return 0;
  let given = 0;
  for (const earlier of around) {
    if (earlier.startsAt >= period.startsAt) continue;
    const old = planMonthAt(earlier, period.startsAt);
    const granted = old && (await findGrantAmount(scope, old.sourceKey, tx));
    if (old && granted !== null) given += granted - Math.floor(granted * shareOf(old.startsAt, period.startsAt, old.endsAt));
  }
  return given;
}

/** None for a mailbox that may not have free credits. A mailbox that got this month's credits elsewhere gets the next ones. */
const nextOfFree = (now: Date, state: FreeCreditsState): NextCredits | null =>
  WITHOUT_NEXT.has(state) ? null : { at: monthlyPeriod(now).endsAt, amount: PLANS.free.creditsAMonth };

async function nextOfPlan(scope: Scope, account: BillingAccount, now: Date): Promise<NextCredits | null> {
  const { plan, pastDueSince, cancelAt, next } = account;
  const [period] = await listPlanPeriods(scope, { from: now, to: new Date(now.getTime() + 1) });
  const month = period && planMonthAt(period, now);
  if (plan === null || pastDueSince !== null || !period || !month) return null;
  if (month.endsAt < period.endsAt) return nextOfYear(scope, { period, at: month.endsAt, cancelAt, now });
  if (cancelAt !== null) return null;
  return { at: period.endsAt, amount: PLANS[next?.plan ?? plan].creditsAMonth };
}

interface NextYearMonth {
  period: PlanPeriod;
  at: Date;
  cancelAt: Date | null;
  now: Date;
}

async function nextOfYear(scope: Scope, { period, at, cancelAt, now }: NextYearMonth): Promise<NextCredits | null> {
  if (cancelAt !== null && at >= cancelAt) return null;
  if ((await findReversedAt(scope, period)) !== null) return null;
  return { at, amount: planMonthAt(period, at)?.credits ?? planMonthAt(period, now)?.credits ?? 0 };
}
