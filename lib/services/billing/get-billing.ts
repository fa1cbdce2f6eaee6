// What the billing page shows, from our own copy: it is there also when Stripe is not. Members may see it; only owners may buy.
import { findBillingAccount, type BillingAccount } from '@/lib/data/billing-accounts';
import type { Scope } from '@/lib/data/scope';
import { findStanding } from '@/lib/data/standing';
import type { AutoTopUpView, BillingView, PlanState, PlanView } from '@/lib/domain/billing-view';
import { lowMark } from '@/lib/domain/low-balance';
import { PLANS } from '@/lib/domain/plans';
import { findNextCredits } from './find-next-credits';
import { isLiveStatus } from './is-live-status';
import { isOwner } from './require-owner';

export async function getBilling(scope: Scope, userId: string, now = new Date()): Promise<BillingView> {
  const [account, standing, mayBuy] = await Promise.all([findBillingAccount(scope), findStanding(scope), isOwner(scope, userId)]);
  const plan = planOfAccount(account);
  const nextAt = plan.state === 'ending' ? null : await findNextCredits(scope, now);
  const nextAmount = PLANS[plan.next?.plan ?? plan.plan].creditsAMonth;
  const { available, held } = standing ?? NOTHING;
  const isLow = available === 0 || (standing !== null && available < lowMark(standing));
  return {
    mayBuy,
    plan,
    credits: { available, held, isLow, nextAt: nextAt?.toISOString() ?? null, nextAmount },
    isCustomer: (account?.customerId ?? null) !== null,
    paymentMethod: account?.paymentMethodLabel ?? null,
    autoTopUp: autoTopUpOf(account),
  };
}

const NOTHING = { available: 0, held: 0 };
const FREE: PlanView = { state: 'free', plan: 'free', interval: null, periodEnd: null, endsAt: null, next: null };

function planOfAccount(account: BillingAccount | null): PlanView {
  if (account === null || !isLiveStatus(account.status)) return FREE;
  const { plan, interval, currentPeriodEnd, cancelAt, graceUntil, next } = account;
  const state = stateOf(account);
  return {
    state,
    plan: plan ?? 'free',
    interval,
    periodEnd: currentPeriodEnd?.toISOString() ?? null,
    endsAt: (state === 'past_due' ? graceUntil : cancelAt)?.toISOString() ?? null,
    next,
  };
}

function stateOf({ plan, pastDueSince, cancelAt }: BillingAccount): PlanState {
  if (plan === null) return 'elsewhere';
  if (pastDueSince !== null) return 'past_due';
  return cancelAt === null ? 'active' : 'ending';
}

function autoTopUpOf(account: BillingAccount | null): AutoTopUpView {
  const settings = account?.autoTopUp;
  return {
    isOn: settings?.enabled ?? false,
    below: settings?.below ?? 0,
    pack: settings?.pack ?? null,
    maxAMonth: settings?.maxAMonth ?? 1,
    stopped: settings?.stopped ?? null,
  };
}
