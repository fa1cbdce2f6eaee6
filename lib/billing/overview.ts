// What the billing page shows, from our own copy, so that it works even when Stripe is down. Members may see it; only owners may
// buy.
import { isOwner } from '@/lib/accounts/workspaces';
import { getBalanceAndMark } from '@/lib/credits/balance';
import { REVERSALS_SHOWN } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { DAY_MS } from '@/lib/platform/time';
import { findNextCredits } from './months';
import { isLiveStatus } from './customers';
import type { AutoTopUpView, BillingView, PlanState, PlanView, ReversalView } from './rules/billing';
import { type BillingAccount, findBillingAccount } from './store/accounts';
import { listReversals, type ReversalRow } from './store/periods';

const REVERSALS_READ = 5;

const FREE: PlanView = { state: 'free', plan: 'free', interval: null, periodEnd: null, endsAt: null, next: null };

export async function getBilling(scope: Scope, userId: string, now = new Date()): Promise<BillingView> {
  const since = new Date(now.getTime() - REVERSALS_SHOWN.days * DAY_MS);
  const [account, { available, held, mark }, mayBuy, reversals] = await Promise.all([
    findBillingAccount(scope),
    getBalanceAndMark(scope),
    isOwner(scope, userId),
    listReversals(scope, since, REVERSALS_READ),
  ]);
  const plan = planOfAccount(account);
  const next = await findNextCredits(scope, now);
  const isLow = available === 0 || available < mark;
  return {
    mayBuy,
    plan,
    credits: { available, held, isLow, next: next && { at: next.at.toISOString(), amount: next.amount } },
    isCustomer: (account?.customerId ?? null) !== null,
    paymentMethod: account?.paymentMethodLabel ?? null,
    autoTopUp: autoTopUpOf(account),
    reversals: reversals.filter((row) => isStillSo(row, reversals)).flatMap(toReversal),
  };
}

/** The running plan, from our own copy. */
export const getPlan = async (scope: Scope): Promise<PlanView> => planOfAccount(await findBillingAccount(scope));

/** Credits that were returned and then taken again by a later refund are not shown as returned. */
const isStillSo = (row: ReversalRow, all: readonly ReversalRow[]): boolean =>
  row.state !== 'returned' || all.every(({ chargeId, state }) => chargeId !== row.chargeId || state !== 'taken');

const toReversal = ({ id, kind, state, what, amountCents, currency, wanted, taken }: ReversalRow): ReversalView[] =>
  state === 'noted' ? [] : [{ id, kind, state, what, amountCents, currency, wanted, taken }];

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
