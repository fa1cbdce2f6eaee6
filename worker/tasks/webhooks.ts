// Makes one attempt to deliver one event to one endpoint. Guarantees: a killed run is repeated with the same event id; a second run after
// the first was recorded sends nothing; receivers that hang do not hold up other work.
import { callbackBody } from '@/lib/compat/batches';
import {
  composeCallback,
  composeRequest,
  endUnsent,
  mailDisabled,
  postponeAttempt,
  recordAttempt,
} from '@/lib/webhooks/deliveries';
import { failDeliveries } from '@/lib/webhooks/emit';
import type { SendWebhook, WebhookRequest } from '@/lib/webhooks/rules';
import { type DueDelivery, findDueDelivery } from '@/lib/webhooks/store/deliveries';
import type { Slots } from '@/lib/platform/slots';
import type { TaskDefinition } from '../task';

export interface DeliverWebhookDeps {
  send: SendWebhook;
  slots: Slots;
  now(): number;
  /** 0 ≤ n < 1 */
  random(): number;
}

/** The delay before asking for a slot again. */
const BUSY_MS = 1_000;

export function createDeliverWebhook(deps: DeliverWebhookDeps): TaskDefinition<'deliver-webhook'> {
  return {
    name: 'deliver-webhook',
    run: async ({ deliveryId, attempt }) => {
      const due = await findDueDelivery(deliveryId, attempt);
      if (!due) return;
      if (!due.endpoint.isEnabled) return endUnsent(due);
      const request = await requestOf(due, deps.now());
      if (request === null) return endUnsent(due);
      const giveBack = deps.slots.take(due.scope.workspaceId);
      if (giveBack === null) return postponeAttempt(due, BUSY_MS * (1 + deps.random()));
      const outcome = await deps.send(request).finally(giveBack);
      await recordAttempt(due, outcome, deps.random());
    },
  };
}

/** Null if what the request would report on is gone. */
async function requestOf(due: DueDelivery, now: number): Promise<WebhookRequest | null> {
  const { callback } = due.endpoint;
  if (callback === null) return composeRequest(due, now);
  const body = await callbackBody(due.scope, callback, due.event);
  return body === null ? null : composeCallback(due, body);
}

export const createMailWebhookDisabled = (): TaskDefinition<'mail-webhook-disabled'> => ({
  name: 'mail-webhook-disabled',
  run: ({ workspaceId, endpointId }) => mailDisabled({ workspaceId }, endpointId),
});

export const createFailDeliveries = (): TaskDefinition<'fail-deliveries'> => ({
  name: 'fail-deliveries',
  run: ({ workspaceId, endpointId }) => failDeliveries({ workspaceId }, endpointId),
});
