// The document is valid OpenAPI 3.1, it is complete, and its examples are what the API accepts and answers.
import { Validator } from '@seriousme/openapi-schema-validator';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { errorsOf, hasBody, hasQuery, type Operation } from '@/lib/accounts/operation';
import { ERRORS } from '@/lib/platform/errors';
import { EMITTED_EVENT_TYPES } from '@/lib/webhooks/rules';
import { call } from '@/tests/api/call';
import { OPERATIONS, openApiDocument } from './document';
import { GET } from './route';
import { eventSchemas } from './webhooks';

const documented = openApiDocument('https://verify.example.net');
const named = OPERATIONS.map((operation) => [operation.id, operation] as const);

it('200: anybody may read it, from any origin', async () => {
  const answered = await call(GET, { path: '/v1/openapi.json' });
  expect(answered).toMatchObject({ status: 200, json: { openapi: '3.1.0', servers: [{ url: 'http://localhost:3000' }] } });
  expect(answered.headers.get('access-control-allow-origin')).toBe('*');
});

/** The document as clients receive it. */
const plain = z.record(z.string(), z.unknown()).parse(JSON.parse(JSON.stringify(documented)));

it('is valid OpenAPI 3.1, and a mistake would be noticed', async () => {
  const validator = new Validator();
  expect(await validator.validate(plain)).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
  const wrong = { ...plain, servers: [{ uri: 'https://verify.example.net' }] };
  expect(await new Validator().validate(wrong)).toMatchObject({ valid: false });
});

it('says what each parameter and each field means', () => {
  expect(withoutMeaning(plain, [])).toEqual([]);
});

/** Where a parameter or a property of a schema has no description, as paths in the document. */
function withoutMeaning(node: unknown, path: readonly string[]): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) => {
    if (name === 'example' || name === 'examples') return [];
    const at = [...path, name];
    const isField = ['properties', 'parameters'].includes(path.at(-1) ?? '') && path.at(-2) !== 'properties';
    const hasMeaning = !isField || z.object({ description: z.string().regex(/\w.*\.$/) }).safeParse(value).success;
    return [...(hasMeaning ? [] : [at.join('/')]), ...withoutMeaning(value, at)];
  });
}

it('names each operation once, and each route of the API', async () => {
  expect(new Set(OPERATIONS.map(({ id }) => id)).size).toBe(OPERATIONS.length);
  const folder = 'app/api/v1';
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('route.ts'));
  const routed: string[] = [];
  for (const file of files.filter((path) => !path.includes('[[...path]]'))) {
    const route = Handlers.parse({ ...(await import(/* @vite-ignore */ `../${file}`)) });
    const allow =
      (await route.OPTIONS(new Request('http://localhost'), { params: Promise.resolve({}) })).headers.get('allow') ?? '';
    const methods = allow.split(', ').filter((method) => method !== 'HEAD' && method !== 'OPTIONS');
    const path = `/v1/${file.replace(/\/?route\.ts$/, '')}`.replaceAll('[', '{').replaceAll(']', '}');
    routed.push(...methods.map((method) => `${method} ${path}`));
  }
  expect(OPERATIONS.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(routed.toSorted());
});

const Handlers = z.object({
  OPTIONS: z.custom<(request: Request, context: object) => Promise<Response>>((f) => typeof f === 'function'),
});

describe.each(named)('%s', (_id, operation: Operation) => {
  it('accepts its own examples', () => {
    if (hasQuery(operation)) expect(operation.query.safeParse(operation.queryExample)).toMatchObject({ success: true });
    const isGiven = operation.bodyExample !== undefined || operation.isBodyOptional === true;
    if (hasBody(operation)) expect(isGiven).toBe(true);
    if (hasBody(operation)) expect(operation.body.safeParse(operation.bodyExample ?? {})).toMatchObject({ success: true });
    const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(Object.keys(operation.params ?? {})).toEqual(inPath);
  });

  it('answers as its examples do', () => {
    for (const { schema, example } of Object.values(operation.answers))
      if (schema !== undefined) expect(schema.safeParse(example)).toMatchObject({ success: true });
  });

  it('documents each of its refusals, with an example', () => {
    const { responses } = Operations.parse(documented.paths?.[operation.path]?.[METHODS[operation.method]]);
    for (const code of errorsOf(operation)) {
      const examples = responses[ERRORS[code].status]?.content['application/problem+json']?.examples ?? {};
      expect(Object.keys(examples)).toContain(code);
    }
  });
});

describe('webhooks', () => {
  it.each(EMITTED_EVENT_TYPES)('%s: its example is what is sent, and a receiver must not refuse new fields', (type) => {
    const operation = Webhooks.parse(plain.webhooks)[type]?.post;
    const { schema, example } = operation?.requestBody.content['application/json'] ?? {};
    const name = schema?.$ref.split('/').at(-1) ?? '';
    expect(eventSchemas()[name]?.parse(example)).toMatchObject({ event: type });
    const { schemas } = z.object({ schemas: z.record(z.string(), z.unknown()) }).parse(plain.components);
    expect(schemas[name]).toMatchObject({ type: 'object', properties: { data: { type: 'object' } } });
    expect(JSON.stringify(schemas[name])).not.toContain('"additionalProperties":false');
  });
});

const Webhooks = z.record(
  z.string(),
  z.object({
    post: z.object({
      requestBody: z.object({
        content: z.record(z.string(), z.object({ schema: z.object({ $ref: z.string() }), example: z.unknown() })),
      }),
    }),
  }),
);

const METHODS = { GET: 'get', POST: 'post', PATCH: 'patch', DELETE: 'delete' } as const;
const Operations = z.object({
  responses: z.record(
    z.string(),
    z.object({
      content: z.record(z.string(), z.object({ examples: z.record(z.string(), z.unknown()).optional() })).default({}),
    }),
  ),
});
