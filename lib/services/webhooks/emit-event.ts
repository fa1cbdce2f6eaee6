// Tells a workspace's webhooks that something happened, inside the transaction in which it happens: the event and its
// deliveries exist exactly when the change does. Promises that one cause is told once (`sourceKey`), and one statement where
// nobody listens. Refuses, by throwing, data that has not the event's shape or does not fit in a body: that is a bug.
import type { Scope } from '@/lib/data/scope';
import type { Tx } from '@/lib/data/transaction';
import { listSubscribedEndpoints } from '@/lib/data/webhook-events';
import { deliverEvent, type EventToTell } from './deliver-event';

export async function emitEvent(scope: Scope, event: EventToTell, tx: Tx): Promise<void> {
  const endpointIds = await listSubscribedEndpoints(scope, event.type, tx);
  if (endpointIds.length > 0) await deliverEvent(scope, { event, endpointIds }, tx);
}
