// Endpoints and events for tests of webhooks.
import type { Scope } from '@/lib/platform/scope';
import { inTransaction } from '@/lib/platform/db/transaction';
import { toListEndedData } from '@/lib/webhooks/event-data';
import { createEndpoint, type CreateEndpoint } from '@/lib/webhooks/endpoints';
import { emitEvent } from '@/lib/webhooks/emit';
import { listDeliveries } from '@/lib/webhooks/deliveries';

export async function makeEndpoint(scope: Scope, more: Partial<CreateEndpoint> = {}) {
  const made = await createEndpoint(scope, { url: 'https://hooks.example.com/in', events: ['list.completed'], ...more });
  if (!made.ok) throw made.error;
  return { scope, id: made.value.view.id, secret: made.value.secret };
}

export const listCompleted = (sourceKey = 'list:lst_1:completed') =>
  ({
    type: 'list.completed',
    sourceKey,
    data: toListEndedData({
      listId: 'lst_1',
      name: 'Autumn “ü”',
      status: 'completed',
      total: 4,
      counts: { deliverable: 1, undeliverable: 2, risky: 0, unknown: 1 },
      creditsCharged: 3,
      downloadUrl: 'http://localhost:3000/lists/lst_1',
    }),
  }) as const;

/** Emits one event; returns the newest delivery to the endpoint. */
export async function deliverOne({ scope, id }: { scope: Scope; id: string }, sourceKey?: string) {
  await inTransaction((tx) => emitEvent(scope, listCompleted(sourceKey), tx));
  return lastDelivery({ scope, id });
}

export async function lastDelivery({ scope, id }: { scope: Scope; id: string }) {
  const page = await listDeliveries(scope, id);
  const [delivery] = page.ok ? page.value.items : [];
  if (!delivery) throw new Error('no delivery');
  return delivery;
}
