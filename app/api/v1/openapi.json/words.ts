// What the OpenAPI document says about the API as a whole.
import type { oas31 } from 'zod-openapi';

export const INFO: oas31.InfoObject = {
  title: 'Email Verifier',
  version: '1.0.0',
  description: `Tells whether a mailbox exists without sending mail, and shows why it says so.

Send your key as \`Authorization: Bearer evk_live_…\`, or as \`X-API-Key\`.

**Test keys** (\`evk_test_…\`) ask no mail server and cost nothing: a local part or \`+tag\` equal to a reason (\`mailbox-not-found@example.com\`, \`ann+greylisted@example.com\`) gets that answer; \`slow-3000\`, \`pending-then-deliverable\`, \`http-402\`, \`http-429\` and \`http-503\` do what they say.

**Errors** are \`application/problem+json\` (RFC 9457) with a stable \`code\` and the \`request_id\`. Besides the codes of each call, any path can answer 404 \`not_found\`, and any method that a path lacks 405 \`method_not_allowed\` with \`Allow\`.

**Limits** are token buckets of the workspace: one for calls that verify or change something, one for calls that only read. \`RateLimit-Policy\` and \`RateLimit\` say how they stand; 429 says when to come again.

**Idempotency-Key** on a call that spends: the same request under the same key is done once in 24 hours.

Fields of answers are only ever added: ignore those that you do not know.`,
  license: { name: 'MIT', identifier: 'MIT' },
};

export const TAGS: oas31.TagObject[] = [
  { name: 'Verify', description: 'One address, or up to 1,000.' },
  { name: 'Lists', description: 'Files of addresses: uploaded, quoted, run, watched and exported.' },
  { name: 'Credits', description: 'What there is to spend, and what was spent.' },
  { name: 'Webhooks', description: 'Endpoints that are told what happened (Standard Webhooks).' },
  { name: 'Keys', description: 'Keys of this API, by a key with `keys:admin`.' },
  { name: 'Reference', description: 'What anybody may read.' },
];

export const SECURITY_SCHEMES: Record<string, oas31.SecuritySchemeObject> = {
  bearer: { type: 'http', scheme: 'bearer', description: 'An API key. Each call names the scope that the key needs.' },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The same, for clients that can’t set Authorization.' },
};

const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;

export const HEADERS = {
  'X-Request-Id': { description: 'Names this request.', schema: text, example: 'req_01KB7W6C8E1G4J7M0P3R6T9W2Z' },
  'RateLimit-Policy': {
    description: 'How many calls fit into the bucket (q), and the seconds in which it fills (w).',
    schema: text,
    example: '"verify";q=100;w=10',
  },
  RateLimit: {
    description: 'How many calls are left (r), and the seconds until the next comes back (t).',
    schema: text,
    example: '"verify";r=99;t=1',
  },
  'Retry-After': { description: 'Seconds until another try makes sense.', schema: count, example: 1 },
  'X-Credits-Charged': { description: 'What this answer cost.', schema: count, example: 1 },
  'X-Credits-Remaining': { description: 'What can be spent now.', schema: count, example: 4_310 },
  'Idempotent-Replayed': { description: '`true` where this is the answer of an earlier request.', schema: text, example: 'true' },
  'Content-Disposition': { description: 'The name of the file.', schema: text, example: 'attachment; filename="november.csv"' },
} as const satisfies oas31.HeadersObject;
