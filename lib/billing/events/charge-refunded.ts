// A charge was refunded: if in full, what is left of its credits is taken back.
import { settleCharge } from '../reversals';
import type { EventHandler } from './changed-object';

export const chargeRefunded: EventHandler = ({ id }) => settleCharge(id);
