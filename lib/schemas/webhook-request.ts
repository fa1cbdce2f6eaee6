// What clients send to the webhook calls of API v1. Unknown fields are refused. Whether a URL, a description or an event will do is
// the service's to say, so that the app and the API say the same.
import { z } from 'zod';
import { API_BODY_MAX_BYTES, PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '@/lib/domain/limits';
import { DELIVERY_STATES, EMITTED_EVENT_TYPES, ENDPOINT_STATES, WEBHOOK_EVENT_TYPES } from '@/lib/domain/webhook-events';

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

/** Whether a part of a path can be the id of an endpoint, or of a delivery, at all. */
export const isWebhookId = (id: string): boolean => WEBHOOK_ID.test(id);
export const isDeliveryId = (id: string): boolean => DELIVERY_ID.test(id);

export const deliveriesQuerySchema = z.strictObject({
  state: z.enum(DELIVERY_STATES).optional(),
  cursor: z.string().regex(DELIVERY_ID, 'must be a next_cursor of an earlier page').optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE_DEFAULT),
});
