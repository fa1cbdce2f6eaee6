// The OpenAPI 3.1 document of API v1. It is built from the same declarations as the routes, and from the zod schemas that parse requests
// and type answers.
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponseObject, type oas31 } from 'zod-openapi';
import { KEY_OPERATIONS } from '@/lib/accounts/api';
import { errorsOf, hasBody, hasQuery, NO_BODY, NO_QUERY, type Operation, type OperationAnswer } from '@/lib/accounts/operation';
import { CREDIT_OPERATIONS } from '@/lib/credits/api';
import { DASHBOARD_OPERATIONS } from '@/lib/dashboard/api';
import { LIST_OPERATIONS } from '@/lib/lists/operations';
import { AppError, type ErrorCode, ERRORS } from '@/lib/platform/errors';
import { problemOf, problemSchema } from '@/lib/platform/http/problem';
import { IDEMPOTENCY_KEY_MAX_CHARS } from '@/lib/platform/limits';
import { VERIFICATION_OPERATIONS } from '@/lib/verifications/operations';
import { WEBHOOK_OPERATIONS } from '@/lib/webhooks/operations';
import { eventSchemas, webhooksOf } from './webhooks';

// What the OpenAPI document says about the API as a whole.

const INFO: oas31.InfoObject = {
  title: 'Email Verifier',
  version: '1.0.0',
  description: `Tells whether a mailbox exists without sending mail, and shows why it says so.

Send your key as \`Authorization: Bearer evk_live_…\`, or as \`X-API-Key\`.

**Test keys** (\`evk_test_…\`) ask no mail server and cost nothing: a local part or \`+tag\` equal to a reason (\`mailbox-not-found@example.com\`, \`ann+greylisted@example.com\`) gets that answer; \`slow-3000\`, \`pending-then-deliverable\`, \`http-402\`, \`http-429\` and \`http-503\` do what they say.

**Errors** are \`application/problem+json\` (RFC 9457) with a stable \`code\` and the \`request_id\`. Besides the codes listed for each call, any path can answer 404 \`not_found\`, and a method that a path does not support gets 405 \`method_not_allowed\` with \`Allow\`.

**Limits** are token buckets of each key: one for calls that verify or change something, one for calls that only read. \`RateLimit-Policy\` and \`RateLimit\` report their state; a 429 says when to try again.

**Idempotency-Key** on a call that spends: a request repeated with the same key is executed only once in 24 hours.

Fields are only ever added to answers: ignore the ones you do not know.`,
  license: { name: 'MIT', identifier: 'MIT' },
};

export const getOpenApi = {
  id: 'getOpenApi',
  method: 'GET',
  path: '/v1/openapi.json',
  tag: 'Reference',
  summary: 'Get this document',
  description: 'Needs no key and can be read from any site.',
  scope: null,
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    200: {
      description: 'OpenAPI 3.1.',
      schema: z.looseObject({
        openapi: z.string().describe('The version of OpenAPI.'),
        info: z
          .looseObject({
            title: z.string().describe('The name of the API.'),
            version: z.string().describe('The version of the API.'),
          })
          .describe('What the API is.'),
      }),
      example: { openapi: '3.1.0', info: { title: INFO.title, version: INFO.version } },
    },
  },
} satisfies Operation;

export const OPERATIONS: readonly Operation[] = [
  ...VERIFICATION_OPERATIONS,
  ...DASHBOARD_OPERATIONS,
  ...LIST_OPERATIONS,
  ...CREDIT_OPERATIONS,
  ...WEBHOOK_OPERATIONS,
  ...KEY_OPERATIONS,
  getOpenApi,
];

const EXAMPLE_REQUEST_ID = 'req_01KB7W6C8E1G4J7M0P3R6T9W2Z';
const FILE = z.file().meta({ description: 'The file itself, after all other fields.' });
/** Errors that are worth retrying later. */
const COMES_BACK: readonly ErrorCode[] = ['rate_limited', 'idempotency_in_progress', 'unavailable'];

export const openApiDocument = (serverUrl: string) =>
  createDocument(
    {
      openapi: '3.1.0',
      info: INFO,
      servers: [{ url: serverUrl }],
      tags: TAGS,
      security: [{ bearer: [] }, { apiKey: [] }],
      paths: pathsOf(OPERATIONS),
      webhooks: webhooksOf(serverUrl),
      components: { schemas: eventSchemas(), securitySchemes: SECURITY_SCHEMES, headers: HEADERS },
    },
    {
      // The metadata of a request comes from JSON.parse, so it can be anything.
      allowEmptySchema: { custom: { input: true } },
      // Answers only ever gain fields, so a client must not refuse a field that it does not know.
      override: ({ jsonSchema, io }) => {
        if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      },
    },
  );

function pathsOf(operations: readonly Operation[]): Record<string, Record<string, ZodOpenApiOperationObject>> {
  const paths = [...new Set(operations.map(({ path }) => path))];
  return Object.fromEntries(
    paths.map((path) => {
      const ofPath = operations.filter((operation) => operation.path === path);
      return [path, Object.fromEntries(ofPath.map((operation) => [operation.method.toLowerCase(), toObject(operation)]))];
    }),
  );
}

function toObject(operation: Operation): ZodOpenApiOperationObject {
  const { id, tag, summary, description, scope, query, answers } = operation;
  const body = bodyOf(operation);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    security: scope === null ? [] : [{ bearer: [scope] }, { apiKey: [scope] }],
    parameters: parametersOf(operation),
    ...(hasQuery(operation) && { requestParams: { query } }),
    ...(body !== null && { requestBody: body }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, answerOf(operation, answer)])),
      ...refusalsOf(operation),
    },
  };
}

/** What a parameter means, by the path that ends with it. */
const IN_PATH: Readonly<Record<string, string>> = {
  '/v1/verifications/{id}': 'The id of the verification.',
  '/v1/domains/{domain}': 'The domain, like `example.com`.',
  '/v1/lists/{id}': 'The id of the list.',
  '/v1/webhooks/{id}': 'The id of the endpoint.',
  '/v1/webhooks/{id}/deliveries/{deliveryId}': 'The id of the delivery.',
  '/v1/keys/{id}': 'The id of the key.',
};

function parametersOf({ params = {}, makes, path }: Operation): NonNullable<ZodOpenApiOperationObject['parameters']> {
  const inPath = Object.entries(params).map(([name, example]) => ({
    name,
    in: 'path' as const,
    required: true,
    description: IN_PATH[path.slice(0, path.indexOf(`{${name}}`) + name.length + 2)],
    schema: { type: 'string' as const },
    example,
  }));
  if (makes === undefined) return inPath;
  const description =
    'Any text of yours that identifies this request. If the same request is sent again within 24 hours, it is not executed again: it gets the first answer, with Idempotent-Replayed.';
  const schema = { type: 'string' as const, minLength: 1, maxLength: IDEMPOTENCY_KEY_MAX_CHARS };
  const example = '0b5f2c1e-7a64-4c1b-9f0e-3d6f8a1b2c3d';
  return [...inPath, { name: 'Idempotency-Key', in: 'header', required: false, description, schema, example }];
}

function bodyOf(operation: Operation): ZodOpenApiOperationObject['requestBody'] | null {
  const { body, bodyExample, isBodyOptional = false, form } = operation;
  if (form !== undefined)
    return { required: true, content: { 'multipart/form-data': { schema: form.safeExtend({ file: FILE }) } } };
  if (!hasBody(operation)) return null;
  return {
    required: !isBodyOptional,
    content: { 'application/json': { schema: body, ...(bodyExample !== undefined && { example: bodyExample }) } },
  };
}

function answerOf(operation: Operation, answer: OperationAnswer): ZodOpenApiResponseObject {
  const { description, schema, example, headers = [], streams = [] } = answer;
  const replay = operation.makes === undefined ? [] : (['Idempotent-Replayed'] as const);
  return {
    description,
    headers: headersOf(operation, [...headers, ...replay]),
    ...(schema !== undefined && { content: { 'application/json': { schema, example } } }),
    ...(streams.length > 0 && {
      content: Object.fromEntries(streams.map((type) => [type, { schema: { type: 'string' as const } }])),
    }),
  };
}

/** One answer per status. Its examples are the error codes with that status. */
function refusalsOf(operation: Operation): Record<string, ZodOpenApiResponseObject> {
  const codes = errorsOf(operation);
  const statuses = [...new Set(codes.map((code) => ERRORS[code].status))].toSorted((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => {
      const ofStatus = codes.filter((code) => ERRORS[code].status === status);
      const waits = ofStatus.some((code) => COMES_BACK.includes(code)) ? (['Retry-After'] as const) : [];
      return [
        String(status),
        {
          description: ofStatus.map((code) => `\`${code}\`: ${ERRORS[code].title}`).join('\n'),
          headers: headersOf(operation, waits),
          content: {
            'application/problem+json': {
              schema: problemSchema,
              examples: Object.fromEntries(ofStatus.map((code) => [code, { value: exampleOf(code) }])),
            },
          },
        },
      ];
    }),
  );
}

const exampleOf = (code: ErrorCode) =>
  problemOf(new AppError(code, COMES_BACK.includes(code) ? { retryAfterS: 1 } : {}), EXAMPLE_REQUEST_ID);

function headersOf({ scope }: Operation, own: readonly (keyof typeof HEADERS)[]): Record<string, { $ref: string }> {
  const limits = scope === null ? [] : (['RateLimit-Policy', 'RateLimit'] as const);
  const names = ['X-Request-Id' as const, ...limits, ...own];
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

const TAGS: oas31.TagObject[] = [
  { name: 'Verify', description: 'One address, or up to 1,000.' },
  { name: 'Lists', description: 'Files of addresses: upload, quote, run, watch and export them.' },
  { name: 'Credits', description: 'What you can spend, and what you spent.' },
  { name: 'Webhooks', description: 'Endpoints that receive events (Standard Webhooks).' },
  { name: 'Keys', description: 'Keys of this API, managed with a key that has `keys:admin`.' },
  { name: 'Reference', description: 'Public, without a key.' },
];

const SECURITY_SCHEMES: Record<string, oas31.SecuritySchemeObject> = {
  bearer: { type: 'http', scheme: 'bearer', description: 'An API key. Each call names the scope that the key needs.' },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The same, for clients that can’t set Authorization.' },
};

const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;

const HEADERS = {
  'X-Request-Id': { description: 'Identifies this request.', schema: text, example: 'req_01KB7W6C8E1G4J7M0P3R6T9W2Z' },
  'RateLimit-Policy': {
    description: 'How many calls the bucket holds (q), and the seconds in which it refills (w).',
    schema: text,
    example: '"verify";q=100;w=10',
  },
  RateLimit: {
    description: 'How many calls are left (r), and the seconds until the next one is available (t).',
    schema: text,
    example: '"verify";r=99;t=1',
  },
  'Retry-After': { description: 'Seconds to wait before a retry.', schema: count, example: 1 },
  'X-Credits-Charged': { description: 'What this answer cost.', schema: count, example: 1 },
  'X-Credits-Remaining': { description: 'The credits available now.', schema: count, example: 4_310 },
  'Idempotent-Replayed': { description: '`true` if this answer is that of an earlier request.', schema: text, example: 'true' },
  'Content-Disposition': { description: 'The name of the file.', schema: text, example: 'attachment; filename="november.csv"' },
} as const satisfies oas31.HeadersObject;
