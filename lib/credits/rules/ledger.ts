// The rules of the ledger: what an entry is and what caused it, which grants are spent first, which answers cost a credit, and
// below how many credits a workspace is warned. Which answers cost a credit is data, printed on the pricing page and served by
// the API. Amounts are positive whole credits that fit into a column; anything else is a bug of the caller and throws.
import { LOW_BALANCE_SHARE } from '@/lib/platform/limits';
import type { Reason } from '@/lib/verdict/verdict';
import { PAID_PLANS, planOf } from '@/lib/accounts/rules/plans';

export const ENTRY_KINDS = ['grant', 'capture', 'expire', 'refund'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** Entries move credits, a hold reserves them, and a release frees what a hold did not need. */
export const LEDGER_KINDS = [...ENTRY_KINDS, 'hold', 'release'] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

/** The largest value of an `integer` column. */
const AMOUNT_MAX = 2_147_483_647;

/**
 * What moved the credits. A capture and a refund name the verification or the list that was answered. The cause `refund` is money
 * that went back to the buyer: what is left of its grant leaves as an entry of the kind `expire` with this cause.
 */
export const CAUSE_TYPES = ['verification', 'list', 'grant', 'purchase', 'plan', 'expiry', 'refund', 'adjustment'] as const;
export type CauseType = (typeof CAUSE_TYPES)[number];

export interface Cause {
  type: CauseType;
  /** The id of the verification, the list, the grant …; null if there is nothing to point at. */
  id: string | null;
}

export const toCauseType = (word: string): CauseType => CAUSE_TYPES.find((type) => type === word) ?? 'adjustment';

/**
 * Of grants that expire at the same moment or never, the one with the lower number is spent first, so that paid credits last
 * longest.
 */
export const GRANT_PRIORITY = { plan: 0, gift: 10, refund: 20, purchase: 30 } as const;

/** By kind of grant. Any other kind is a gift. */
const DEFAULTS_BY_KIND: Readonly<Record<string, { priority: number; causeType: CauseType }>> = {
  monthly: { priority: GRANT_PRIORITY.plan, causeType: 'plan' },
  plan: { priority: GRANT_PRIORITY.plan, causeType: 'plan' },
  purchase: { priority: GRANT_PRIORITY.purchase, causeType: 'purchase' },
  pack: { priority: GRANT_PRIORITY.purchase, causeType: 'purchase' },
};

export const CHARGED_REASONS = [
  'mailbox_exists',
  'mailbox_not_found',
  'mailbox_disabled',
  'mailbox_full',
  'disposable',
  'role_account',
  'typo_domain',
] as const satisfies readonly Reason[];

/** Whether grants of this kind were paid for. */
export const isBought = (kind: string): boolean => kind === 'purchase' || kind === 'pack' || kind === 'plan';

export const grantDefaults = (kind: string): { priority: number; causeType: CauseType } =>
  Object.hasOwn(DEFAULTS_BY_KIND, kind) && DEFAULTS_BY_KIND[kind]
    ? DEFAULTS_BY_KIND[kind]
    : { priority: GRANT_PRIORITY.gift, causeType: 'grant' };

/**
 * Work that is paused for one of these reasons resumes automatically: when credits come in, or when a new day begins (UTC) or the
 * plan allows more.
 */
export const WAITING_REASONS = ['out_of_credits', 'free_answers_used'] as const;
export type WaitingReason = (typeof WAITING_REASONS)[number];

export const isLedgerKind = (word: string): word is LedgerKind => LEDGER_KINDS.some((kind) => kind === word);

/** A line of the ledger in the form that pages, files and the API use: plain values, dates as ISO 8601. */
export interface LedgerLine {
  id: string;
  kind: LedgerKind;
  /**
   * The signed change of the balance; for a hold what it holds, for a release what it gave back. These two leave the balance
   * unchanged.
   */
  amount: number;
  /** The balance after this line was booked; null if the line leaves it unchanged. */
  balanceAfter: number | null;
  /** For a line that stands for all charges of one run of a list: their hold, which unfolds the line, and how many they are. */
  folded: { holdId: string; charges: number } | null;
  cause: {
    type: CauseType;
    id: string | null;
    /** The address, or the name of the list; null if there is none or it is deleted. */
    label: string | null;
  };
  /** The kind of the grant, or of the grant that expired: `monthly`, `plan`, `purchase`, … */
  grantKind: string | null;
  key: { id: string; name: string | null } | null;
  createdAt: string;
}

export interface LedgerPage {
  lines: LedgerLine[];
  nextCursor: string | null;
}

/** The credits that one answer costs: 1 for a charged reason, 0 for any other. A null reason decided nothing and is free. */
export function creditsFor(reason: Reason | null): 0 | 1 {
  return CHARGED_REASONS.some((charged) => charged === reason) ? 1 : 0;
}

export interface LowMarkFacts {
  /** What the workspace chose; 0 means never, null means the default. */
  lowBelow: number | null;
  plan: string;
  /** Credits of the newest purchase; null without one. */
  lastPurchase: number | null;
}

/**
 * What the workspace chose, or a tenth of the plan's monthly credits. On the Free plan, a tenth of the newest purchase, and 0 if
 * nothing was ever bought: somebody who is trying us out wants no mail about the last ten of a hundred free credits.
 */
export const lowMark = ({ lowBelow, plan, lastPurchase }: LowMarkFacts): number => lowBelow ?? defaultLowMark(plan, lastPurchase);

/** The marks of plans for which they depend on nothing else. */
export const PLAN_LOW_MARKS: Readonly<Record<string, number>> = Object.fromEntries(
  PAID_PLANS.map((plan) => [plan, defaultLowMark(plan, null)]),
);

function defaultLowMark(plan: string, lastPurchase: number | null): number {
  const { monthlyPriceCents, creditsAMonth } = planOf(plan);
  return Math.floor((monthlyPriceCents > 0 ? creditsAMonth : (lastPurchase ?? 0)) * LOW_BALANCE_SHARE);
}

export function requireAmount(amount: number): void {
  if (!Number.isSafeInteger(amount) || amount <= 0 || amount > AMOUNT_MAX)
    throw new RangeError(`not an amount of credits: ${amount}`);
}
