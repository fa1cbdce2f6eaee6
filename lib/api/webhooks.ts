// The calls of /v1/webhooks. An endpoint or delivery of another workspace, and what is no id, read as missing. A secret is in the
// answers to creation and rotation only.
import 'server-only';
import type { z } from 'zod';
import { AppError, type Result } from '@/lib/errors';
import {
  createWebhookSchema,
  deliveriesQuerySchema,
  isDeliveryId,
  isWebhookId,
  noFieldsSchema,
  testWebhookSchema,
  updateWebhookSchema,
} from '@/lib/schemas/webhook-request';
import { createEndpoint } from '@/lib/services/webhooks/create-endpoint';
import { deleteEndpoint } from '@/lib/services/webhooks/delete-endpoint';
import { getDelivery } from '@/lib/services/webhooks/get-delivery';
import { getEndpoint } from '@/lib/services/webhooks/get-endpoint';
import { listDeliveries } from '@/lib/services/webhooks/list-deliveries';
import { listEndpoints } from '@/lib/services/webhooks/list-endpoints';
import { replayDelivery } from '@/lib/services/webhooks/replay-delivery';
import { rotateSecret } from '@/lib/services/webhooks/rotate-secret';
import { sendTestEvent } from '@/lib/services/webhooks/send-test-event';
import { updateEndpoint } from '@/lib/services/webhooks/update-endpoint';
import { answer, type ApiAnswer, type ApiCall } from './api-route';
import { parseInput, parseQuery } from './parse-input';
import { readJsonBody } from './read-json-body';
import { readOptionalJson } from './read-optional-json';
import { toDeliveryAnswer, toWebhookAnswer } from './webhook-answers';

export async function readWebhooks({ holder }: ApiCall): Promise<ApiAnswer> {
  return answer(200, { data: (await listEndpoints(holder.scope)).map(toWebhookAnswer) });
}

export async function createWebhook({ holder, request }: ApiCall): Promise<ApiAnswer> {
  const wanted = parseInput(createWebhookSchema, (await readJsonBody(request)).value);
  const { view, secret } = valueOf(await createEndpoint(holder.scope, wanted));
  return answer(201, { ...toWebhookAnswer(view), secret });
}

export async function readWebhook(call: ApiCall): Promise<ApiAnswer> {
  return answer(200, toWebhookAnswer(valueOf(await getEndpoint(call.holder.scope, webhookIdOf(call)))));
}

export async function changeWebhook(call: ApiCall): Promise<ApiAnswer> {
  const id = webhookIdOf(call);
  const change = parseInput(updateWebhookSchema, (await readJsonBody(call.request)).value);
  return answer(200, toWebhookAnswer(valueOf(await updateEndpoint(call.holder.scope, id, change))));
}

export async function deleteWebhook(call: ApiCall): Promise<ApiAnswer> {
  valueOf(await deleteEndpoint(call.holder.scope, webhookIdOf(call)));
  return answer(200, { id: webhookIdOf(call), deleted: true });
}

export async function rotateWebhookSecret(call: ApiCall): Promise<ApiAnswer> {
  const id = webhookIdOf(call);
  await readOptionalBody(noFieldsSchema, call.request);
  const { view, secret } = valueOf(await rotateSecret(call.holder.scope, id));
  return answer(200, { ...toWebhookAnswer(view), secret });
}

/** 202: the event is on its way; the delivery tells what came of it. */
export async function testWebhook(call: ApiCall): Promise<ApiAnswer> {
  const endpointId = webhookIdOf(call);
  const { event } = await readOptionalBody(testWebhookSchema, call.request);
  const { deliveryId } = valueOf(await sendTestEvent(call.holder.scope, endpointId, event));
  return answerDelivery(call, { endpointId, id: deliveryId });
}

export async function readDeliveries(call: ApiCall): Promise<ApiAnswer> {
  const id = webhookIdOf(call);
  const page = valueOf(await listDeliveries(call.holder.scope, id, parseQuery(deliveriesQuerySchema, call.request.url)));
  return answer(200, { data: page.items.map(toDeliveryAnswer), next_cursor: page.nextCursor });
}

export async function replayWebhookDelivery(call: ApiCall): Promise<ApiAnswer> {
  const endpointId = webhookIdOf(call);
  const id = idOf(call, 'deliveryId', isDeliveryId);
  await readOptionalBody(noFieldsSchema, call.request);
  valueOf(await replayDelivery(call.holder.scope, { endpointId, id }));
  return answerDelivery(call, { endpointId, id });
}

async function answerDelivery({ holder }: ApiCall, delivery: { endpointId: string; id: string }): Promise<ApiAnswer> {
  return answer(202, toDeliveryAnswer(valueOf(await getDelivery(holder.scope, delivery))));
}

const webhookIdOf = (call: ApiCall): string => idOf(call, 'id', isWebhookId);

function idOf({ param }: ApiCall, name: string, isId: (id: string) => boolean): string {
  const id = param(name);
  if (!isId(id)) throw new AppError('not_found');
  return id;
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw result.error;
  return result.value;
}

async function readOptionalBody<T>(schema: z.ZodType<T>, request: Request): Promise<T> {
  return parseInput(schema, (await readOptionalJson(request)).value);
}
