// Events about a charge and its disputes. Whatever they say, the charge is settled by its current state at Stripe.
import { settleCharge, settleDispute } from '../reversals';
import type { EventHandler } from './changed-object';

// If it was refunded in full, what is left of its credits is taken back.
export const chargeRefunded: EventHandler = ({ id }) => settleCharge(id);

// A dispute was opened, changed or decided, or money was moved.
export const chargeDisputeChanged: EventHandler = ({ id }) => settleDispute(id);
