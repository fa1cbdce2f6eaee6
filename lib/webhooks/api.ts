// Webhook endpoints and their deliveries in API v1: what clients send, and what they are answered (shapes that they may rely on; fields
// are only ever added). Unknown fields of a request are refused. The service decides whether a URL, a description or an event is
// acceptable, so that the app and the API say the same.
import { z } from 'zod';
import {
  API_BODY_MAX_BYTES,
  WEBHOOK_ANSWER_KEPT_BYTES,
  WEBHOOK_DESCRIPTION_MAX_CHARS,
  WEBHOOK_HISTORY_MAX,
} from '@/lib/platform/limits';
import { formatCount } from '@/lib/platform/numbers';
import { CURSOR_MEANING, limitField } from '@/lib/platform/pages';
import { DELIVERY_STATES, DISABLED_REASONS, EMITTED_EVENT_TYPES, ENDPOINT_STATES, WEBHOOK_EVENT_TYPES } from './rules';

const text = z.string().max(API_BODY_MAX_BYTES);
const url = text.describe('Where events are sent, by POST.');
const description = text.describe(`A note of yours, up to ${WEBHOOK_DESCRIPTION_MAX_CHARS} characters.`);
const events = z
  .array(z.string().max(100))
  .max(WEBHOOK_EVENT_TYPES.length * 2)
  .describe('The [events](/docs/webhooks#events) to send.');

export const createWebhookSchema = z.strictObject({ url, description: description.default(''), events });

export const updateWebhookSchema = z.strictObject({
  url: url.optional(),
  description: description.optional(),
  events: events.optional(),
  state: z.enum(ENDPOINT_STATES).optional().describe('Switches it on or off. Switching on clears the record of failures.'),
});

export const testWebhookSchema = z.strictObject({
  event: z
    .enum(EMITTED_EVENT_TYPES)
    .optional()
    .describe('The event to send, with made-up data. One that it receives by default.'),
});
export const noFieldsSchema = z.strictObject({});

const WEBHOOK_ID = /^whk_[0-9A-HJKMNP-TV-Z]{26}$/;
const DELIVERY_ID = /^whd_[0-9A-HJKMNP-TV-Z]{26}$/;

/** Whether a path segment has the form of the id of an endpoint or of a delivery. */
export const isWebhookId = (id: string): boolean => WEBHOOK_ID.test(id);
export const isDeliveryId = (id: string): boolean => DELIVERY_ID.test(id);

export const deliveriesQuerySchema = z.strictObject({
  state: z.enum(DELIVERY_STATES).optional().describe('Only deliveries in this state.'),
  cursor: z.string().regex(DELIVERY_ID, 'must be the next_cursor of an earlier page').optional().describe(CURSOR_MEANING),
  limit: limitField,
});

const moment = z.iso.datetime();
const momentOrNull = moment.nullable();
const answerStatus = z.int().nullable().describe('The HTTP status of the endpoint’s answer. Null if none came.');
const attemptError = z
  .string()
  .nullable()
  .describe('Why the attempt failed, as a word like `timeout`. Null if it did not, or if the status says why.');
const durationMs = 'How long the attempt took, in milliseconds';

export const webhookSchema = z
  .strictObject({
    id: z.string().describe('The id of the endpoint.'),
    url: z.string().describe('Where events are sent.'),
    description: z.string().describe('Your note; empty if there is none.'),
    events: z.array(z.enum(EMITTED_EVENT_TYPES)).describe('The events that it receives.'),
    state: z.enum(ENDPOINT_STATES).describe('Whether events are sent to it.'),
    disabled_reason: z
      .enum(DISABLED_REASONS)
      .nullable()
      .describe('Why it is off: its owner, a 410 answer (`gone`), or days of failures. Null if it is on.'),
    disabled_at: momentOrNull.describe('When it was switched off. Null if it is on.'),
    failing_since: momentOrNull.describe('Every attempt since then has failed. Null if the last one arrived.'),
    old_secret_ends_at: momentOrNull.describe(
      'Until when a replaced secret still signs alongside the new one. Null if none does.',
    ),
    last_delivery: z
      .strictObject({
        state: z.enum(DELIVERY_STATES).describe('Whether the event arrived; `pending` while it is retried.'),
        status: answerStatus,
        error: attemptError,
        at: moment.describe('When it was last attempted.'),
      })
      .nullable()
      .describe('The latest delivery. Null if there was none.'),
    created_at: moment.describe('When it was created.'),
  })
  .meta({ id: 'Webhook' });
export type WebhookAnswer = z.infer<typeof webhookSchema>;

/** The answer to creation and rotation, the only times that the secret is shown. */
export const webhookWithSecretSchema = webhookSchema.extend({
  secret: z.string().describe('The secret that signs deliveries. Store it: it is not shown again.'),
});

export const deliverySchema = z
  .strictObject({
    id: z.string().describe('The id of the delivery.'),
    webhook_id: z.string().describe('The endpoint that it goes to.'),
    event_id: z.string().describe('The id of the event, the same on each attempt and replay.'),
    event: z.string().describe('The type of the event.'),
    test: z.boolean().describe('True if the event came from a test key, or was sent as a test.'),
    state: z.enum(DELIVERY_STATES).describe('Whether the event arrived; `pending` while it is retried.'),
    attempts: z.int().describe('How often it was attempted.'),
    next_attempt_at: momentOrNull.describe('When it is tried next. Null if it is not tried again.'),
    last_attempt_at: momentOrNull.describe('When it was last attempted. Null before the first attempt.'),
    last_status: answerStatus,
    last_error: attemptError,
    last_duration_ms: z.int().nullable().describe(`${durationMs}. Null before the first one.`),
    last_answer: z
      .string()
      .nullable()
      .describe(`The first ${formatCount(WEBHOOK_ANSWER_KEPT_BYTES)} bytes of the endpoint’s last answer. Null if none came.`),
    history: z
      .array(
        z.strictObject({
          at: moment.describe('When it was attempted.'),
          status: answerStatus,
          error: attemptError,
          duration_ms: z.int().describe(`${durationMs}.`),
        }),
      )
      .describe(`The latest ${WEBHOOK_HISTORY_MAX} attempts, oldest first.`),
    created_at: moment.describe('When the event happened, or was replayed.'),
  })
  .meta({ id: 'WebhookDelivery' });
export type DeliveryAnswer = z.infer<typeof deliverySchema>;
