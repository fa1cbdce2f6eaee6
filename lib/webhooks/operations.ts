// The webhook calls of API v1, as they are documented and routed.
import { z } from 'zod';
import { NO_BODY, NO_QUERY, type Operation } from '@/lib/accounts/operation';
import { nextCursorField } from '@/lib/platform/pages';
import {
  createWebhookSchema,
  type DeliveryAnswer,
  deliveriesQuerySchema,
  deliverySchema,
  noFieldsSchema,
  testWebhookSchema,
  updateWebhookSchema,
  type WebhookAnswer,
  webhookSchema,
  webhookWithSecretSchema,
} from './api';

const WEBHOOKS = 'Webhooks';
const AT = '2026-11-29T09:30:00.000Z';
const ID = 'whk_01KB7W4A2C6D9F3G5H8J1K0MNP';
const EXAMPLE_DELIVERY_ID = 'whd_01KB7W4Q7R1S5T8V2W6X9Y3ZAB';
const URL = 'https://example.com/hooks/email-verifier';
/** The base64 of a sentence: nothing was ever signed with it. */
const SECRET = 'whsec_dGhpcyBzZWNyZXQgaXMgYW4gZXhhbXBsZSBvbmx5';

const ENDPOINT: WebhookAnswer = {
  id: ID,
  url: URL,
  description: 'CRM',
  events: ['verification.updated', 'list.completed'],
  state: 'enabled',
  disabled_reason: null,
  disabled_at: null,
  failing_since: null,
  old_secret_ends_at: null,
  last_delivery: { state: 'delivered', status: 200, error: null, at: AT },
  created_at: AT,
};

const DELIVERY: DeliveryAnswer = {
  id: EXAMPLE_DELIVERY_ID,
  webhook_id: ID,
  event_id: 'evt_01KB7W4P3Q6R9S2T5V8W1X4YZA',
  event: 'list.completed',
  test: false,
  state: 'delivered',
  attempts: 1,
  next_attempt_at: null,
  last_attempt_at: AT,
  last_status: 200,
  last_error: null,
  last_duration_ms: 84,
  last_answer: 'ok',
  history: [{ at: AT, status: 200, error: null, duration_ms: 84 }],
  created_at: AT,
};

const shared = { tag: WEBHOOKS, scope: 'webhooks:write', query: NO_QUERY } as const;
const endpoint = { description: 'The endpoint.', schema: webhookSchema, example: ENDPOINT };
const withSecret = { schema: webhookWithSecretSchema, example: { ...ENDPOINT, secret: SECRET } };

export const listWebhooks = {
  ...shared,
  id: 'listWebhooks',
  method: 'GET',
  path: '/v1/webhooks',
  summary: 'List endpoints',
  body: NO_BODY,
  answers: {
    200: {
      description: 'The endpoints.',
      schema: z.strictObject({ data: z.array(webhookSchema).describe('The endpoints, newest first.') }),
      example: { data: [ENDPOINT] },
    },
  },
} satisfies Operation;

export const createWebhook = {
  ...shared,
  id: 'createWebhook',
  method: 'POST',
  path: '/v1/webhooks',
  summary: 'Create an endpoint',
  description: 'The secret that signs its deliveries is returned only here and by a rotation.',
  body: createWebhookSchema,
  bodyExample: { url: URL, description: 'CRM', events: ['verification.updated', 'list.completed'] },
  answers: { 201: { description: 'The endpoint, with its secret.', ...withSecret } },
  errors: ['limit_reached'],
} satisfies Operation;

export const getWebhook = {
  ...shared,
  id: 'getWebhook',
  method: 'GET',
  path: '/v1/webhooks/{id}',
  summary: 'Get an endpoint',
  params: { id: ID },
  body: NO_BODY,
  answers: { 200: endpoint },
} satisfies Operation;

export const updateWebhook = {
  ...shared,
  id: 'updateWebhook',
  method: 'PATCH',
  path: '/v1/webhooks/{id}',
  summary: 'Change an endpoint',
  params: { id: ID },
  body: updateWebhookSchema,
  bodyExample: { state: 'disabled' },
  answers: { 200: endpoint },
} satisfies Operation;

export const deleteWebhook = {
  ...shared,
  id: 'deleteWebhook',
  method: 'DELETE',
  path: '/v1/webhooks/{id}',
  summary: 'Delete an endpoint',
  params: { id: ID },
  body: NO_BODY,
  answers: {
    200: {
      description: 'The endpoint and its deliveries are deleted.',
      schema: z.strictObject({
        id: z.string().describe('The id of the endpoint.'),
        deleted: z.literal(true).describe('Always true.'),
      }),
      example: { id: ID, deleted: true },
    },
  },
} satisfies Operation;

export const rotateWebhookSecret = {
  ...shared,
  id: 'rotateWebhookSecret',
  method: 'POST',
  path: '/v1/webhooks/{id}/rotate-secret',
  summary: 'Rotate the secret',
  description: 'For a day, deliveries are signed with the old secret too.',
  params: { id: ID },
  body: noFieldsSchema,
  isBodyOptional: true,
  answers: { 200: { description: 'The endpoint, with its new secret.', ...withSecret } },
} satisfies Operation;

const queued = { description: 'The queued delivery.', schema: deliverySchema, example: DELIVERY };

export const testWebhook = {
  ...shared,
  id: 'testWebhook',
  method: 'POST',
  path: '/v1/webhooks/{id}/test',
  summary: 'Send a test event',
  params: { id: ID },
  body: testWebhookSchema,
  bodyExample: { event: 'list.completed' },
  isBodyOptional: true,
  answers: { 202: queued },
  errors: ['conflict'],
} satisfies Operation;

export const listDeliveries = {
  ...shared,
  id: 'listDeliveries',
  method: 'GET',
  path: '/v1/webhooks/{id}/deliveries',
  summary: 'List the deliveries',
  params: { id: ID },
  query: deliveriesQuerySchema,
  queryExample: { state: 'failed', limit: 25 },
  body: NO_BODY,
  answers: {
    200: {
      description: 'A page of deliveries, newest first.',
      schema: z.strictObject({
        data: z.array(deliverySchema).describe('The deliveries.'),
        next_cursor: nextCursorField,
      }),
      example: { data: [DELIVERY], next_cursor: null },
    },
  },
} satisfies Operation;

export const replayDelivery = {
  ...shared,
  id: 'replayDelivery',
  method: 'POST',
  path: '/v1/webhooks/{id}/deliveries/{deliveryId}/replay',
  summary: 'Replay a delivery',
  description: 'Sends it again with the same event id.',
  params: { id: ID, deliveryId: EXAMPLE_DELIVERY_ID },
  body: noFieldsSchema,
  isBodyOptional: true,
  answers: { 202: queued },
  errors: ['conflict'],
} satisfies Operation;

export const WEBHOOK_OPERATIONS: readonly Operation[] = [
  listWebhooks,
  createWebhook,
  getWebhook,
  updateWebhook,
  deleteWebhook,
  rotateWebhookSecret,
  testWebhook,
  listDeliveries,
  replayDelivery,
];
