// The pure side of billing: what its pages show, which purchases bring so many credits for how little, the addresses of its
// pages, and which disputes take credits back. Choices are computed from the table of plans and packs, so that the page can't
// promise another price than is charged. Dates are ISO strings, amounts are Stripe's own.
import { isPaidPlanId, PAID_PLANS, type PaidPlanId, type PlanId, PLANS } from '@/lib/accounts/rules/plans';
import { type Interval, isInterval, isPackId, type Offer, PACK_IDS, type PackId, PACKS, planPriceCents } from './offers';

/** All packs hold whole thousands. */
const PACK_UNIT = 1_000;

const MONEY_IS_GONE = ['needs_response', 'under_review', 'lost', 'prevented', 'appeal_needs_response', 'appeal_under_review'];
const DISPUTE_IS_OVER = ['won', 'lost', 'prevented', 'warning_closed'];

/**
 * `ending`: paid, and over at `endsAt`. `past_due`: the last payment failed; over at `endsAt` unless it is paid by then.
 * `elsewhere`: the subscription is of an offer that this installation does not know.
 */
export type PlanState = 'free' | 'active' | 'ending' | 'past_due' | 'elsewhere';

export interface PlanView {
  state: PlanState;
  plan: PlanId;
  /** Null on the Free plan. */
  interval: Interval | null;
  periodEnd: string | null;
  endsAt: string | null;
  /** Takes its place at the end of the period. */
  next: { plan: PaidPlanId; interval: Interval } | null;
}

export interface AutoTopUpView {
  isOn: boolean;
  below: number;
  pack: PackId | null;
  maxAMonth: number;
  /** Why it was switched off by us. */
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
  /** Stripe's word for it. */
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
  /** Credits of the payment that were to be taken, and that were. */
  wanted: number;
  taken: number;
}

export interface BillingView {
  /** Whether the person who asks may buy and change. */
  mayBuy: boolean;
  plan: PlanView;
  credits: {
    available: number;
    held: number;
    isLow: boolean;
    /** Null where none are sure to come: the plan is to end, or a payment is late. */
    next: { at: string; amount: number } | null;
  };
  /** Known at Stripe: has bought something, or began to. */
  isCustomer: boolean;
  paymentMethod: string | null;
  autoTopUp: AutoTopUpView;
  /** Recent ones. */
  reversals: ReversalView[];
}

/** A part of the balance: where it came from, and its end. */
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
  /** Of its first line. */
  description: string;
  /** Stripe's page of it, and the PDF. */
  pageUrl: string | null;
  pdfUrl: string | null;
}

export interface InvoicePage {
  items: InvoiceRow[];
  /** Pass it to go on. */
  nextCursor: string | null;
}

/** What a change of plan would mean. */
export type PlanChangeView =
  /** Nothing runs that could be changed: the plan is bought as a new one. */
  | { kind: 'new' }
  | { kind: 'same' }
  /** At once, for what Stripe says. `at` is the time it was computed for. */
  | {
      kind: 'upgrade';
      at: string;
      dueNowCents: number;
      taxCents: number;
      currency: string;
      lines: { description: string; cents: number }[];
    }
  /** When the paid period is over. */
  | { kind: 'downgrade'; startsAt: string };

/** The result of a Checkout session. */
export interface PurchaseView {
  state: 'fulfilled' | 'pending' | 'declined' | 'open' | 'expired';
  /** In words, as "10,000 credits". */
  what: string | null;
}

export interface Choice {
  plan: PlanId;
  /** Bought on top, largest first. */
  packs: PackId[];
  /** Of the plan for one month: a twelfth of the year when it is paid yearly. */
  planCents: number;
  packsCents: number;
  totalCents: number;
  /** What all of it brings in the first month. */
  credits: number;
}

export interface Choices {
  cheapest: Choice;
  /** The cheapest of each other kind, cheapest first: a plan alone, packs alone, both. */
  others: Choice[];
}

/**
 * Which plan and packs bring so many credits in one month for the least money. What is left of a pack stays: it is not counted as
 * saved.
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

/** The packs that bring at least so many credits for the least money, largest first; of equal ones the fewest packs. */
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

/** `/signup?plan=starter&interval=month`: for a visitor; somebody who is signed in is sent on to the checkout. */
export const signUpPath = (offer: Offer): string => `/signup?${queryOf(offer)}`;
export const checkoutPath = (offer: Offer): string => `/billing/checkout?${queryOf(offer)}`;
export const changePlanPath = (offer: Extract<Offer, { kind: 'plan' }>): string => `/billing/change?${queryOf(offer)}`;

/** An offer in the query of an address, in the words of the table of plans and packs. */
export interface OfferWords {
  plan: string | null;
  interval: string | null;
  pack: string | null;
}

/** Null for what is not one of our offers. */
export function offerInWords({ plan, interval, pack }: OfferWords): Offer | null {
  if (pack !== null) return isPackId(pack) ? { kind: 'pack', pack } : null;
  if (plan === null || !isPaidPlanId(plan)) return null;
  return { kind: 'plan', plan, interval: intervalOf(interval) };
}

/** Monthly, unless the word says otherwise. */
export const intervalOf = (word: string | null): Interval => (word !== null && isInterval(word) ? word : 'month');

/**
 * By Stripe's status. An inquiry ("warning") moves no money yet; an unknown status takes nothing, and the operator is told it.
 */
export const takesCredits = (disputeStatus: string): boolean => MONEY_IS_GONE.includes(disputeStatus);

export const isDisputeOver = (disputeStatus: string): boolean => DISPUTE_IS_OVER.includes(disputeStatus);

/** Of the credits that a payment brought, those that belong to the part of it that was reversed. */
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
