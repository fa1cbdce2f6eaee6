// Sends one made-up event with `test: true` to one endpoint, whatever it is subscribed to, in the way real ones go. Refuses while
// the endpoint is off.
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import { findEndpointRow, lockEndpoint } from '@/lib/data/webhook-endpoints';
import { EMITTED_EVENT_TYPES, isEmittedEventType, type EmittedEventType } from '@/lib/domain/webhook-events';
import { fail, ok, type Result } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { deliverEvent } from './deliver-event';
import { sampleEvent } from './sample-event';

export function sendTestEvent(
  scope: Scope,
  endpointId: string,
  type?: EmittedEventType,
): Promise<Result<{ deliveryId: string }>> {
  return inTransaction(async (tx) => {
    const endpoint = (await lockEndpoint(scope, endpointId, tx)) ? await findEndpointRow(scope, endpointId, tx) : null;
    if (!endpoint) return fail('not_found');
    if (endpoint.state !== 'enabled')
      return fail('conflict', { detail: 'The endpoint is switched off. Switch it on, then send a test.' });
    const wanted = type ?? endpoint.eventTypes.find(isEmittedEventType) ?? EMITTED_EVENT_TYPES[0];
    const event = { ...sampleEvent(wanted), sourceKey: `test:${newId('request')}`, test: true };
    const [deliveryId] = await deliverEvent(scope, { event, endpointIds: [endpointId] }, tx);
    if (deliveryId === undefined) throw new Error('a new cause was told before');
    return ok({ deliveryId });
  });
}
