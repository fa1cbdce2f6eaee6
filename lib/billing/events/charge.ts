// Events about a charge and about disputes of it. Whatever they say, the charge is settled as it stands now at Stripe.
import { settleCharge, settleDispute } from '../reversals';
import type { EventHandler } from './changed-object';

// If it was refunded in full, what is left of its credits is taken back.
export const chargeRefunded: EventHandler = ({ id }) => settleCharge(id);

// Opened, changed, decided, or money was moved.
export const chargeDisputeChanged: EventHandler = ({ id }) => settleDispute(id);
