// Endpoints and events for tests of webhooks.
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import { toBatchData } from '@/lib/schemas/webhook-event-data';
import { createEndpoint, type CreateEndpoint } from '@/lib/services/webhooks/create-endpoint';
import { emitEvent } from '@/lib/services/webhooks/emit-event';
import { listDeliveries } from '@/lib/services/webhooks/list-deliveries';

export async function makeEndpoint(scope: Scope, more: Partial<CreateEndpoint> = {}) {
  const made = await createEndpoint(scope, { url: 'https://hooks.example.com/in', events: ['batch.completed'], ...more });
  if (!made.ok) throw made.error;
  return { scope, id: made.value.view.id, secret: made.value.secret };
}

export const batchCompleted = (sourceKey = 'job:job_1:completed') =>
  ({
    type: 'batch.completed',
    sourceKey,
    data: toBatchData({
      jobId: 'job_1',
      name: 'Autumn “ü”',
      state: 'completed',
      total: 4,
      counts: { deliverable: 1, undeliverable: 2, risky: 0, unknown: 1 },
      creditsCharged: 3,
      downloadUrl: 'http://localhost:3000/lists/job_1',
    }),
  }) as const;

/** Tells of one event; returns the newest delivery to the endpoint. */
export async function deliverOne({ scope, id }: { scope: Scope; id: string }, sourceKey?: string) {
  await inTransaction((tx) => emitEvent(scope, batchCompleted(sourceKey), tx));
  return lastDelivery({ scope, id });
}

export async function lastDelivery({ scope, id }: { scope: Scope; id: string }) {
  const page = await listDeliveries(scope, id);
  const [delivery] = page.ok ? page.value.items : [];
  if (!delivery) throw new Error('no delivery');
  return delivery;
}
