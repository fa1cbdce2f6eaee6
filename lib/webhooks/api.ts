// Webhook endpoints and their deliveries in API v1: what clients send, what they are answered (shapes that they may rely on;
// fields are only ever added) and the calls themselves. Unknown fields of a request are refused. The service decides whether a
// URL, a description or an event is acceptable, so that the app and the API say the same.
import { z } from 'zod';
import { API_BODY_MAX_BYTES, PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '@/lib/platform/limits';
import { NO_BODY, NO_QUERY, type Operation } from '@/lib/accounts/operation';
import { DELIVERY_STATES, DISABLED_REASONS, EMITTED_EVENT_TYPES, ENDPOINT_STATES, WEBHOOK_EVENT_TYPES } from './rules';

const text = z.string().max(API_BODY_MAX_BYTES);
const events = z.array(z.string().max(100)).max(WEBHOOK_EVENT_TYPES.length * 2);

const createWebhookSchema = z.strictObject({ url: text, description: text.default(''), events });

const updateWebhookSchema = z.strictObject({
  url: text.optional(),
  description: text.optional(),
  events: events.optional(),
  state: z.enum(ENDPOINT_STATES).optional(),
});

const testWebhookSchema = z.strictObject({ event: z.enum(EMITTED_EVENT_TYPES).optional() });
const noFieldsSchema = z.strictObject({});

const WEBHOOK_ID = /^whk_[0-9A-HJKMNP-TV-Z]{26}$/;
const DELIVERY_ID = /^whd_[0-9A-HJKMNP-TV-Z]{26}$/;

/** Whether a path segment has the form of the id of an endpoint or of a delivery. */
export const isWebhookId = (id: string): boolean => WEBHOOK_ID.test(id);
export const isDeliveryId = (id: string): boolean => DELIVERY_ID.test(id);

const deliveriesQuerySchema = z.strictObject({
  state: z.enum(DELIVERY_STATES).optional(),
  cursor: z.string().regex(DELIVERY_ID, 'must be the next_cursor of an earlier page').optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE_DEFAULT),
});

const moment = z.iso.datetime();
const momentOrNull = moment.nullable();

export const webhookSchema = z
  .strictObject({
    id: z.string(),
    url: z.string(),
    description: z.string(),
    events: z.array(z.enum(EMITTED_EVENT_TYPES)),
    state: z.enum(ENDPOINT_STATES),
    disabled_reason: z.enum(DISABLED_REASONS).nullable(),
    disabled_at: momentOrNull,
    /** Every attempt since then has failed. */
    failing_since: momentOrNull,
    /** Set while a replaced secret still signs alongside the new one. */
    old_secret_ends_at: momentOrNull,
    last_delivery: z
      .strictObject({ state: z.enum(DELIVERY_STATES), status: z.int().nullable(), error: z.string().nullable(), at: moment })
      .nullable(),
    created_at: moment,
  })
  .meta({ id: 'Webhook' });
export type WebhookAnswer = z.infer<typeof webhookSchema>;

/** The answer to creation and rotation, the only times that the secret is shown. */
export const webhookWithSecretSchema = webhookSchema.extend({ secret: z.string() });

export const deliverySchema = z
  .strictObject({
    id: z.string(),
    webhook_id: z.string(),
    event_id: z.string(),
    event: z.string(),
    test: z.boolean(),
    state: z.enum(DELIVERY_STATES),
    attempts: z.int(),
    next_attempt_at: momentOrNull,
    last_attempt_at: momentOrNull,
    last_status: z.int().nullable(),
    last_error: z.string().nullable(),
    last_duration_ms: z.int().nullable(),
    last_answer: z.string().nullable(),
    history: z.array(
      z.strictObject({ at: moment, status: z.int().nullable(), error: z.string().nullable(), duration_ms: z.int() }),
    ),
    created_at: moment,
  })
  .meta({ id: 'WebhookDelivery' });
export type DeliveryAnswer = z.infer<typeof deliverySchema>;

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
      schema: z.strictObject({ data: z.array(webhookSchema) }),
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
      schema: z.strictObject({ id: z.string(), deleted: z.literal(true) }),
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
      schema: z.strictObject({ data: z.array(deliverySchema), next_cursor: z.string().nullable() }),
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
