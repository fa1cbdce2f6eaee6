// A charge was paid back: of a purchase that was refunded in whole, what is left of its credits goes.
import { revokeRefunded } from '@/lib/services/billing/revoke-refunded';
import type { EventHandler } from './changed-object';

export const chargeRefunded: EventHandler = async ({ id }) => {
  await revokeRefunded(id);
};
