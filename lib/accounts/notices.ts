// Notices: mails that are owed because something happened. A notice is written in the caller's transaction, so it is sent exactly
// when that commits, and once per cause, however often the caller runs. The mail is composed when it is sent. The schema is what
// is stored until then: dates are ISO strings, amounts are in the currency's smallest unit.
import { z } from 'zod';
import { INTERVALS, PAID_PLANS } from '@/lib/credits/rules/plans';
import type { Tx } from '@/lib/platform/db/transaction';
import { enqueue } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { type Audience, insertNotice } from './store/notices';

export interface NewNotice {
  /** What happened, unique. */
  cause: string;
  content: NoticeContent;
}

export const notifyOwners = (scope: Scope, notice: NewNotice, tx: Tx): Promise<boolean> =>
  notify({ to: 'owners', scope }, notice, tx);

/** To the addresses in OPERATOR_EMAILS. */
export const notifyOperators = (scope: Scope | null, notice: NewNotice, tx: Tx): Promise<boolean> =>
  notify({ to: 'operators', scope }, notice, tx);

/** For somebody whose account may be gone by then. */
export const notifyAddress = (address: string, notice: NewNotice, tx: Tx): Promise<boolean> =>
  notify({ to: 'address', address }, notice, tx);

/** False if this cause already has its notice. */
async function notify(audience: Audience, notice: NewNotice, tx: Tx): Promise<boolean> {
  const id = await insertNotice({ ...notice, audience }, tx);
  if (id !== null) await enqueueNotice(id, tx);
  return id !== null;
}

export const enqueueNotice = (noticeId: string, tx: Tx): Promise<void> =>
  enqueue('mail-notice', { noticeId }, { jobKey: `notice:${noticeId}`, priority: 'retry' }, tx);

const credits = z.int().min(0);
const money = { amountCents: z.int(), currency: z.string() };

/** A payment that was reversed. `wanted`: the credits it had brought; `taken`: how many of them were left. */
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

export const noticeContentSchema = z.discriminatedUnion('kind', [
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
  z.object({ kind: z.literal('deletion_scheduled'), at: z.string() }),
  z.object({ kind: z.literal('deletion_tomorrow'), at: z.string() }),
  z.object({ kind: z.literal('deletion_undone') }),
  z.object({ kind: z.literal('deletion_stopped') }),
  z.object({ kind: z.literal('account_deleted') }),
]);

export type NoticeContent = z.infer<typeof noticeContentSchema>;
export type NoticeOf<K extends NoticeContent['kind']> = Extract<NoticeContent, { kind: K }>;
