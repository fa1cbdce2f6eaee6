// The webhooks of the OpenAPI document: what an endpoint receives for each event type. The shapes are the schemas that parse each event
// before it is stored. They are listed as components, described as data that we send.
import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathItemObject } from 'zod-openapi';
import { WEBHOOK_DATA_SCHEMAS } from '@/lib/webhooks/event-data';
import { EMITTED_EVENT_TYPES, type EmittedEventType, EVENT_COPY } from '@/lib/webhooks/rules';
import { sampleEvent } from '@/lib/webhooks/emit';

const EXAMPLE_EVENT_ID = 'evt_01KB7W4P3Q6R9S2T5V8W1X4YZA';
const EXAMPLE_AT = '2026-11-29T09:30:00.000Z';

/** For example, `ListCompletedEvent` for `list.completed`. */
const nameOf = (type: EmittedEventType): string =>
  `${type
    .split('.')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}Event`;

const bodyOf = (type: EmittedEventType) =>
  z.strictObject({
    event: z.literal(type).describe('The type of the event.'),
    event_id: z.string().meta({ description: 'The same on each attempt and replay: an id that you have seen is a repeat.' }),
    timestamp: z.iso.datetime().describe('When it happened.'),
    test: z.boolean().meta({ description: 'Made with a test key, or sent as a test.' }),
    data: WEBHOOK_DATA_SCHEMAS[type].describe('What happened; its fields differ by event.'),
  });

export const eventSchemas = () => Object.fromEntries(EMITTED_EVENT_TYPES.map((type) => [nameOf(type), bodyOf(type)]));

const text = { type: 'string' } as const;
const SIGNED = [
  { name: 'webhook-id', in: 'header', required: true, schema: text, description: 'The event’s id.', example: EXAMPLE_EVENT_ID },
  {
    name: 'webhook-timestamp',
    in: 'header',
    required: true,
    schema: text,
    description: 'When this attempt was made, in Unix seconds.',
    example: '1795944600',
  },
  {
    name: 'webhook-signature',
    in: 'header',
    required: true,
    schema: text,
    description:
      'Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of id, timestamp and body; two of them while a secret rotates.',
    example: 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  },
  {
    name: 'X-EV-Signature',
    in: 'header',
    required: true,
    schema: text,
    description: 'The hex HMAC-SHA256 of the body alone, for older receivers.',
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  },
] as const;

export const webhooksOf = (serverUrl: string): Record<string, ZodOpenApiPathItemObject> =>
  Object.fromEntries(EMITTED_EVENT_TYPES.map((type) => [type, { post: toOperation(type, serverUrl) }]));

function toOperation(type: EmittedEventType, serverUrl: string): ZodOpenApiOperationObject {
  const { data } = sampleEvent(type, (path) => new URL(path, serverUrl).href);
  const example = { event: type, event_id: EXAMPLE_EVENT_ID, timestamp: EXAMPLE_AT, test: true, data };
  const name = nameOf(type);
  return {
    operationId: `on${name}`,
    tags: ['Webhooks'],
    summary: type,
    description: EVENT_COPY[type],
    security: [],
    parameters: SIGNED.map((header) => ({ ...header })),
    requestBody: {
      required: true,
      content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` }, example } },
    },
    responses: {
      '2XX': { description: 'Any 2XX within 15 seconds: the event has arrived.' },
      '410': { description: 'The events are no longer wanted: the endpoint is switched off.' },
      default: { description: 'The event did not arrive; it is retried for two days.' },
    },
  };
}
