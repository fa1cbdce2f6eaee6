// The pure side of billing: what its pages show, which purchases bring a number of credits for the least money, the URLs of its
// pages, and which disputes take credits back. Choices are computed from the table of plans and packs, so the page can't promise
// another price than is charged. Dates are ISO strings, amounts are Stripe's own.
import { isPaidPlanId, PAID_PLANS, type PaidPlanId, type PlanId, PLANS } from '@/lib/accounts/rules/plans';
import { type Interval, isInterval, isPackId, type Offer, PACK_IDS, type PackId, PACKS, planPriceCents } from './offers';

/** All packs hold whole thousands. */
const PACK_UNIT = 1_000;

const MONEY_IS_GONE = ['needs_response', 'under_review', 'lost', 'prevented', 'appeal_needs_response', 'appeal_under_review'];
const DISPUTE_IS_OVER = ['won', 'lost', 'prevented', 'warning_closed'];

/**
 * `ending`: paid, and ends at `endsAt`. `past_due`: the last payment failed, and the plan ends at `endsAt` unless it is paid by
 * then. `elsewhere`: the subscription is for an offer that this installation does not know.
 */
export type PlanState = 'free' | 'active' | 'ending' | 'past_due' | 'elsewhere';

export interface PlanView {
  state: PlanState;
  plan: PlanId;
  /** Null on the Free plan. */
  interval: Interval | null;
  periodEnd: string | null;
  endsAt: string | null;
  /** The plan that takes its place at the end of the period. */
  next: { plan: PaidPlanId; interval: Interval } | null;
}

export interface AutoTopUpView {
  isOn: boolean;
  below: number;
  pack: PackId | null;
  maxAMonth: number;
  /** Why we switched it off. */
  stopped: string | null;
}

/** A payment that its cardholder disputes. */
export interface DisputeView {
  id: string;
  workspaceId: string;
  workspaceName: string;
  what: string;
  amountCents: number;
  currency: string;
  /** Stripe's term. */
  status: string;
  reason: string | null;
  /** The deadline for answering it at Stripe. */
  respondBy: string | null;
  wanted: number;
  taken: number;
  createdAt: string;
}

/** A payment that was reversed, and what became of its credits. */
export interface ReversalView {
  id: string;
  kind: 'refund' | 'dispute';
  state: 'taken' | 'returned';
  /** In words. */
  what: string;
  amountCents: number;
  currency: string;
  /** How many credits of the payment were to be taken, and how many were. */
  wanted: number;
  taken: number;
}

export interface BillingView {
  /** Whether the current user may buy and change things. */
  mayBuy: boolean;
  plan: PlanView;
  credits: {
    available: number;
    held: number;
    isLow: boolean;
    /** Null if none are certain: the plan is set to end, or a payment is late. */
    next: { at: string; amount: number } | null;
  };
  /** Known at Stripe: it has bought something, or began to. */
  isCustomer: boolean;
  paymentMethod: string | null;
  autoTopUp: AutoTopUpView;
  /** The recent ones. */
  reversals: ReversalView[];
}

/** A part of the balance: where it came from and when it expires. */
export interface CreditSourceView {
  from: 'free' | 'plan' | 'bought' | 'other';
  credits: number;
  expiresAt: string | null;
}

export interface NextInvoice {
  amountCents: number;
  currency: string;
}

export interface InvoiceRow {
  id: string;
  number: string | null;
  createdAt: string;
  totalCents: number;
  currency: string;
  status: 'draft' | 'open' | 'paid' | 'uncollectible' | 'void';
  /** Of the first line whose amount is not negative. */
  description: string;
  /** Stripe's page for the invoice, and the PDF. */
  pageUrl: string | null;
  pdfUrl: string | null;
}

export interface InvoicePage {
  items: InvoiceRow[];
  /** Pass it to get the next page. */
  nextCursor: string | null;
}

/** What a change of plan would mean. */
export type PlanChangeView =
  /** No plan is running that could be changed: the plan is bought as a new one. */
  | { kind: 'new' }
  | { kind: 'same' }
  /** Takes effect right away, for the amount that Stripe computed for the time `at`. */
  | {
      kind: 'upgrade';
      at: string;
      dueNowCents: number;
      taxCents: number;
      currency: string;
      lines: { description: string; cents: number }[];
    }
  /** Takes effect when the paid period ends. */
  | { kind: 'downgrade'; startsAt: string };

/** The result of a Checkout session. */
export interface PurchaseView {
  state: 'fulfilled' | 'pending' | 'declined' | 'open' | 'expired';
  /** In words, such as "10,000 credits". */
  what: string | null;
}

export interface Choice {
  plan: PlanId;
  /** Bought in addition to the plan, largest first. */
  packs: PackId[];
  /** The plan's price for one month; a twelfth of the yearly price if it is paid yearly. */
  planCents: number;
  packsCents: number;
  totalCents: number;
  /** How many credits all of it brings in the first month. */
  credits: number;
}

export interface Choices {
  cheapest: Choice;
  /** The cheapest of each other kind (a plan alone, packs alone, both), cheapest first. */
  others: Choice[];
}

/**
 * Which plan and packs bring at least this many credits in one month for the least money. Credits left over from a pack are not
 * counted as savings.
 */
export function purchaseChoices(credits: number, interval: Interval): Choices {
  const paid = PAID_PLANS.map((plan) => choose(plan, credits, interval));
  const kinds = [
    cheapestOf(paid.filter(({ packs }) => packs.length === 0)),
    choose('free', credits, interval),
    cheapestOf(paid.filter(({ packs }) => packs.length > 0)),
  ].filter((choice) => choice !== null);
  const [cheapest, ...others] = kinds.sort((a, b) => a.totalCents - b.totalCents);
  if (cheapest === undefined) throw new Error('there is always the Free plan with packs');
  return { cheapest, others };
}

/** The packs that bring at least this many credits for the least money, largest first; of equal prices, the fewest packs. */
export function cheapestPacks(credits: number): PackId[] {
  const units = Math.max(0, Math.ceil(credits / PACK_UNIT));
  // best[n] buys at least n thousand.
  const best: { cents: number; packs: PackId[] }[] = [{ cents: 0, packs: [] }];
  for (let need = 1; need <= units; need++) {
    let found: { cents: number; packs: PackId[] } | undefined;
    for (const id of PACK_IDS) {
      const rest = best[Math.max(0, need - PACKS[id].credits / PACK_UNIT)];
      const cents = (rest?.cents ?? 0) + PACKS[id].priceCents;
      const packs = [id, ...(rest?.packs ?? [])];
      if (found === undefined || cents < found.cents || (cents === found.cents && packs.length < found.packs.length)) {
        found = { cents, packs };
      }
    }
    if (found !== undefined) best.push(found);
  }
  return (best[units]?.packs ?? []).toSorted((a, b) => PACKS[b].credits - PACKS[a].credits);
}

/** `/signup?plan=starter&interval=month`, for visitors. Signed-in users are sent on to the checkout. */
export const signUpPath = (offer: Offer): string => `/signup?${queryOf(offer)}`;
export const checkoutPath = (offer: Offer): string => `/billing/checkout?${queryOf(offer)}`;
export const changePlanPath = (offer: Extract<Offer, { kind: 'plan' }>): string => `/billing/change?${queryOf(offer)}`;

/** An offer in the query of a URL, in the words of the table of plans and packs. */
export interface OfferWords {
  plan: string | null;
  interval: string | null;
  pack: string | null;
}

/** Null if it is not one of our offers. */
export function offerInWords({ plan, interval, pack }: OfferWords): Offer | null {
  if (pack !== null) return isPackId(pack) ? { kind: 'pack', pack } : null;
  if (plan === null || !isPaidPlanId(plan)) return null;
  return { kind: 'plan', plan, interval: intervalOf(interval) };
}

/** Monthly, unless the word says otherwise. */
export const intervalOf = (word: string | null): Interval => (word !== null && isInterval(word) ? word : 'month');

/**
 * By Stripe's status. An inquiry ("warning") moves no money yet. An unknown status takes nothing, and is reported to the
 * operator.
 */
export const takesCredits = (disputeStatus: string): boolean => MONEY_IS_GONE.includes(disputeStatus);

export const isDisputeOver = (disputeStatus: string): boolean => DISPUTE_IS_OVER.includes(disputeStatus);

/** The share of a payment's credits that belongs to the reversed part of it. */
export const shareOfCredits = (credits: number, part: { ofCents: number; cents: number }): number =>
  part.cents >= part.ofCents ? credits : Math.floor((credits * part.cents) / part.ofCents);

const cheapestOf = (choices: readonly Choice[]): Choice | null =>
  choices.reduce<Choice | null>((best, choice) => (best !== null && best.totalCents <= choice.totalCents ? best : choice), null);

function choose(plan: PlanId, credits: number, interval: Interval): Choice {
  const planCents = planPriceCents(plan, interval) / (interval === 'year' ? 12 : 1);
  const packs = cheapestPacks(credits - PLANS[plan].creditsAMonth);
  const packsCents = packs.reduce((sum, pack) => sum + PACKS[pack].priceCents, 0);
  const bought = packs.reduce((sum, pack) => sum + PACKS[pack].credits, 0);
  return { plan, packs, planCents, packsCents, totalCents: planCents + packsCents, credits: PLANS[plan].creditsAMonth + bought };
}

function queryOf(offer: Offer): string {
  if (offer.kind === 'pack') return new URLSearchParams({ pack: offer.pack }).toString();
  return new URLSearchParams({ plan: offer.plan, interval: offer.interval }).toString();
}
