// A charge that was paid back: how much of it, and what it had paid for.
import { idOf } from './catalogue';
import { stripeClient } from './stripe-client';
import { askingStripe } from './stripe-problem';

export interface RefundedCharge {
  id: string;
  /** The whole amount; less is a gesture and takes nothing back. */
  isWhole: boolean;
  paymentIntentId: string | null;
  /** Invoices that were paid with it. */
  invoiceIds: string[];
}

export function readRefundedCharge(chargeId: string): Promise<RefundedCharge> {
  return askingStripe(async () => {
    const stripe = stripeClient();
    const charge = await stripe.charges.retrieve(chargeId);
    const paymentIntentId = idOf(charge.payment_intent);
    const payments =
      paymentIntentId === null
        ? []
        : (await stripe.invoicePayments.list({ payment: { type: 'payment_intent', payment_intent: paymentIntentId } })).data;
    const invoiceIds = payments.map(({ invoice }) => idOf(invoice)).filter((id) => id !== null);
    return { id: chargeId, isWhole: charge.refunded, paymentIntentId, invoiceIds };
  });
}
