// Sends a delivery again now, with the same event id, at the beginning of a new run of the schedule; one that still waits is only
// hurried. Refuses while the endpoint is off.
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import { restartDelivery } from '@/lib/data/webhook-deliveries';
import { findEndpointRow, lockEndpoint } from '@/lib/data/webhook-endpoints';
import { fail, ok, type Result } from '@/lib/errors';
import { enqueueDelivery } from './enqueue-delivery';
import type { DeliveryId } from './get-delivery';

export function replayDelivery(scope: Scope, delivery: DeliveryId): Promise<Result<void>> {
  return inTransaction(async (tx) => {
    const endpoint = (await lockEndpoint(scope, delivery.endpointId, tx))
      ? await findEndpointRow(scope, delivery.endpointId, tx)
      : null;
    if (!endpoint) return fail('not_found');
    const isOn = endpoint.state === 'enabled';
    const restarted = isOn ? await restartDelivery(scope, delivery, tx) : null;
    if (!isOn) return fail('conflict', { detail: 'The endpoint is switched off. Switch it on, then replay.' });
    if (!restarted) return fail('not_found');
    await enqueueDelivery({ deliveryId: delivery.id, attempt: restarted.attempts }, tx);
    return ok(undefined);
  });
}
