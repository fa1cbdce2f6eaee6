// A charge in its current state: whether it was refunded, who disputes it, and what it paid for.
import type Stripe from 'stripe';
import { dateOf, idOf } from './catalog';
import { askingStripe, isMissing, stripeClient } from './client';

export interface DisputeFacts {
  id: string;
  /** Stripe's terms. */
  status: string;
  reason: string | null;
  amountCents: number;
  currency: string;
  /** Until when it can be answered; null once it can't be. */
  respondBy: Date | null;
}

export interface ChargeFacts {
  id: string;
  amountCents: number;
  currency: string;
  /** The whole amount was refunded. A partial refund is a gesture and takes nothing back. */
  isRefunded: boolean;
  disputes: DisputeFacts[];
  paymentIntentId: string | null;
  /** The invoices that it paid. */
  invoiceIds: string[];
}

/** More than one dispute per charge is rare. */
const DISPUTES_READ = 20;

/** Null if there is no such charge. */
export function readCharge(chargeId: string): Promise<ChargeFacts | null> {
  return askingStripe(async () => {
    const stripe = stripeClient();
    const charge = await stripe.charges.retrieve(chargeId).catch(missingAsNull);
    if (charge === null) return null;
    const paymentIntentId = idOf(charge.payment_intent);
    const payments =
      paymentIntentId === null
        ? []
        : (await stripe.invoicePayments.list({ payment: { type: 'payment_intent', payment_intent: paymentIntentId } })).data;
    const disputes = charge.disputed ? (await stripe.disputes.list({ charge: chargeId, limit: DISPUTES_READ })).data : [];
    return {
      id: chargeId,
      amountCents: charge.amount_captured,
      currency: charge.currency,
      isRefunded: charge.refunded,
      disputes: disputes.map(toFacts),
      paymentIntentId,
      invoiceIds: payments.map(({ invoice }) => idOf(invoice)).filter((id) => id !== null),
    };
  });
}

/** The charge that a dispute is about; null if there is no such dispute. */
export function findDisputedCharge(disputeId: string): Promise<string | null> {
  return askingStripe(async () => {
    const dispute = await stripeClient().disputes.retrieve(disputeId).catch(missingAsNull);
    return dispute && idOf(dispute.charge);
  });
}

function toFacts(dispute: Stripe.Dispute): DisputeFacts {
  const dueBy = dispute.evidence_details.due_by;
  return {
    id: dispute.id,
    status: dispute.status,
    reason: dispute.reason,
    amountCents: dispute.amount,
    currency: dispute.currency,
    respondBy: dueBy === null || dispute.evidence_details.past_due ? null : dateOf(dueBy),
  };
}

function missingAsNull(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}
