// A dispute was opened, changed, decided, or moved money: in each case its charge is settled as it stands now.
import { settleDispute } from '../reversals';
import type { EventHandler } from './changed-object';

export const chargeDisputeChanged: EventHandler = ({ id }) => settleDispute(id);
