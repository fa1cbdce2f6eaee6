// The notices of billing: their kinds and facts, as stored until the mail is sent. Dates are ISO strings, amounts are in the
// currency's smallest unit.
import { z } from 'zod';
import { type NewNotice, notify } from '@/lib/accounts/notices';
import { PAID_PLANS } from '@/lib/accounts/rules/plans';
import type { Tx } from '@/lib/platform/db/transaction';
import type { Scope } from '@/lib/platform/scope';
import { INTERVALS } from './rules/offers';

const credits = z.int().min(0);
const money = { amountCents: z.int(), currency: z.string() };

/**
 * A reversed payment. `wanted`: the credits to take back, at most those it had brought and its share of the payment; `taken`: how many of
 * them were left.
 */
const reversal = { ...money, what: z.string(), isPlan: z.boolean(), wanted: credits, taken: credits };

const plan = z.enum(PAID_PLANS);
const offer = { plan, interval: z.enum(INTERVALS) };
const renewsAt = z.string().nullable();

const dispute = {
  ...reversal,
  workspaceId: z.string(),
  disputeId: z.string(),
  /** Stripe's terms. */
  status: z.string(),
  reason: z.string().nullable(),
  respondBy: z.string().nullable(),
};

export const billingNoticeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pack_bought'), credits, ...money, invoiceUrl: z.string().nullable() }),
  z.object({ kind: z.literal('top_up_made'), credits }),
  z.object({ kind: z.literal('top_up_stopped'), why: z.string() }),
  z.object({ kind: z.literal('payment_did_not_arrive') }),
  z.object({ kind: z.literal('plan_started'), ...offer, renewsAt }),
  z.object({ kind: z.literal('plan_upgraded'), from: plan, ...offer, renewsAt }),
  z.object({ kind: z.literal('plan_changed'), from: plan, ...offer, renewsAt }),
  z.object({ kind: z.literal('change_scheduled'), from: plan, ...offer, at: z.string().nullable() }),
  z.object({ kind: z.literal('change_taken_back'), ...offer, renewsAt }),
  z.object({ kind: z.literal('cancel_scheduled'), plan, at: z.string() }),
  z.object({ kind: z.literal('cancel_taken_back'), ...offer, renewsAt }),
  z.object({ kind: z.literal('payment_failed'), plan: plan.nullable(), graceUntil: z.string().nullable() }),
  z.object({ kind: z.literal('plan_ended'), plan: plan.nullable() }),
  z.object({ kind: z.literal('back_to_free'), plan: plan.nullable() }),
  z.object({ kind: z.literal('payment_refunded'), ...reversal }),
  z.object({ kind: z.literal('payment_disputed'), ...reversal }),
  z.object({ kind: z.literal('credits_returned'), ...money, what: z.string(), credits }),
  z.object({ kind: z.literal('dispute_opened'), ...dispute }),
  z.object({ kind: z.literal('dispute_closed'), ...dispute }),
]);
export type BillingNotice = z.infer<typeof billingNoticeSchema>;
export type NoticeOf<K extends BillingNotice['kind']> = Extract<BillingNotice, { kind: K }>;

export const notifyOwners = (scope: Scope, notice: NewNotice<BillingNotice>, tx: Tx): Promise<boolean> =>
  notify({ to: 'owners', scope }, notice, tx);

export const notifyOperators = (scope: Scope, notice: NewNotice<BillingNotice>, tx: Tx): Promise<boolean> =>
  notify({ to: 'operators', scope }, notice, tx);
