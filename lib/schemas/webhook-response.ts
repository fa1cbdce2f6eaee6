// What API v1 answers about webhooks: the shapes that clients may rely on. Fields are only ever added.
import { z } from 'zod';
import { DELIVERY_STATES, DISABLED_REASONS, EMITTED_EVENT_TYPES, ENDPOINT_STATES } from '@/lib/domain/webhook-events';

const moment = z.iso.datetime();
const momentOrNull = moment.nullable();

export const webhookSchema = z.strictObject({
  id: z.string(),
  url: z.string(),
  description: z.string(),
  events: z.array(z.enum(EMITTED_EVENT_TYPES)),
  state: z.enum(ENDPOINT_STATES),
  disabled_reason: z.enum(DISABLED_REASONS).nullable(),
  disabled_at: momentOrNull,
  /** Nothing but failures since. */
  failing_since: momentOrNull,
  /** While a replaced secret still signs beside the new one. */
  old_secret_ends_at: momentOrNull,
  last_delivery: z
    .strictObject({ state: z.enum(DELIVERY_STATES), status: z.int().nullable(), error: z.string().nullable(), at: moment })
    .nullable(),
  created_at: moment,
});
export type WebhookAnswer = z.infer<typeof webhookSchema>;

/** At creation and rotation: the only time that the secret is shown. */
export const webhookWithSecretSchema = webhookSchema.extend({ secret: z.string() });

export const deliverySchema = z.strictObject({
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
});
export type DeliveryAnswer = z.infer<typeof deliverySchema>;
