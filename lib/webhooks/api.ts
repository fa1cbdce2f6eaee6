// What clients send to the webhook calls of API v1, and what these answer: the shapes that clients may rely on; fields of an
// answer are only ever added. Unknown fields of a request are refused. Whether a URL, a description or an event is acceptable is
// for the service to say, so that the app and the API say the same.
import { z } from 'zod';
import { API_BODY_MAX_BYTES, PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '@/lib/platform/limits';
import { DELIVERY_STATES, DISABLED_REASONS, EMITTED_EVENT_TYPES, ENDPOINT_STATES, WEBHOOK_EVENT_TYPES } from './rules';

const text = z.string().max(API_BODY_MAX_BYTES);
const events = z.array(z.string().max(100)).max(WEBHOOK_EVENT_TYPES.length * 2);

export const createWebhookSchema = z.strictObject({ url: text, description: text.default(''), events });

export const updateWebhookSchema = z.strictObject({
  url: text.optional(),
  description: text.optional(),
  events: events.optional(),
  state: z.enum(ENDPOINT_STATES).optional(),
});

export const testWebhookSchema = z.strictObject({ event: z.enum(EMITTED_EVENT_TYPES).optional() });
export const noFieldsSchema = z.strictObject({});

const WEBHOOK_ID = /^whk_[0-9A-HJKMNP-TV-Z]{26}$/;
const DELIVERY_ID = /^whd_[0-9A-HJKMNP-TV-Z]{26}$/;

/** Whether a path segment can be the id of an endpoint, or of a delivery, at all. */
export const isWebhookId = (id: string): boolean => WEBHOOK_ID.test(id);
export const isDeliveryId = (id: string): boolean => DELIVERY_ID.test(id);

export const deliveriesQuerySchema = z.strictObject({
  state: z.enum(DELIVERY_STATES).optional(),
  cursor: z.string().regex(DELIVERY_ID, 'must be a next_cursor of an earlier page').optional(),
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
