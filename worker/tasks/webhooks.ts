// Makes one attempt to deliver one event to one endpoint. Promises that a run that is killed is made again with the same event id,
// that a second run after the first was written sends nothing, and that receivers that hang do not hold up the rest of the work.
import { TASK_PAYLOADS, type TaskPayload } from '@/lib/platform/queue/enqueue';
import { callbackBody } from '@/lib/compat/batches';
import { composeCallback, composeRequest, mailDisabled, postponeAttempt, recordAttempt } from '@/lib/webhooks/deliveries';
import type { SendWebhook, WebhookRequest } from '@/lib/webhooks/rules';
import { type DueDelivery, failUnsent, findDueDelivery } from '@/lib/webhooks/store/deliveries';
import type { Slots } from '@/lib/platform/slots';
import type { TaskDefinition } from '../task';

export interface DeliverWebhookDeps {
  send: SendWebhook;
  slots: Slots;
  now(): number;
  /** 0 ≤ n < 1 */
  random(): number;
}

/** Until a slot is asked for again. */
const BUSY_MS = 1_000;

export function createDeliverWebhook(deps: DeliverWebhookDeps): TaskDefinition<TaskPayload<'deliver-webhook'>> {
  return {
    name: 'deliver-webhook',
    payload: TASK_PAYLOADS['deliver-webhook'],
    run: async ({ deliveryId, attempt }) => {
      const due = await findDueDelivery(deliveryId, attempt);
      if (!due) return;
      if (!due.endpoint.isEnabled) return failUnsent(due.scope, due);
      const request = await requestOf(due, deps.now());
      if (request === null) return failUnsent(due.scope, due);
      const giveBack = deps.slots.take(due.scope.workspaceId);
      if (giveBack === null) return postponeAttempt(due, BUSY_MS * (1 + deps.random()));
      const outcome = await deps.send(request).finally(giveBack);
      await recordAttempt(due, outcome, deps.random());
    },
  };
}

/** Null: what it would tell of is gone. */
async function requestOf(due: DueDelivery, now: number): Promise<WebhookRequest | null> {
  const { callback } = due.endpoint;
  if (callback === null) return composeRequest(due, now);
  const body = await callbackBody(due.scope, callback, due.event.type);
  return body === null ? null : composeCallback(due, body);
}

export const createMailWebhookDisabled = (): TaskDefinition<TaskPayload<'mail-webhook-disabled'>> => ({
  name: 'mail-webhook-disabled',
  payload: TASK_PAYLOADS['mail-webhook-disabled'],
  run: ({ workspaceId, endpointId }) => mailDisabled({ workspaceId }, endpointId),
});
