// Types of a case of the suite: an operation, what the server plays meanwhile, and what the client must return. The cases themselves are
// data, in `cases/*.json`; `README.md` tells how to add one.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const json = z.json();
const range = z.tuple([z.number(), z.number()]);

const fileSchema = z.strictObject({ name: z.string(), text: z.string().optional(), size: z.int().optional() });

/** A header's value: exact, `*` for any, `=N` for the value in exchange N, `/…/` for a pattern. */
const requestSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'PATCH', 'DELETE']),
  path: z.string(),
  /** Exactly these parameters; none if omitted. */
  query: z.record(z.string(), z.string()).default({}),
  headers: z.record(z.string(), z.string()).default({}),
  no_headers: z.array(z.string()).default([]),
  json: json.optional(),
  form: z.strictObject({ fields: z.record(z.string(), z.string()), file: fileSchema }).optional(),
  /** Milliseconds since the previous answer: least and most. */
  after_ms: range.optional(),
});
export type ExpectedRequest = z.infer<typeof requestSchema>;

const answerSchema = z.strictObject({
  status: z.int().default(200),
  headers: z.record(z.string(), z.string()).default({}),
  /** The name of a body in `fixtures.json`; `merge` overrides parts of it. */
  fixture: z.string().optional(),
  merge: z.record(z.string(), json).optional(),
  json: json.optional(),
  text: z.string().optional(),
  delay_ms: z.int().default(0),
  /** The connection ends before the answer, or in the middle of its body. */
  drop: z.enum(['before_answer', 'mid_body', 'mid_chunk']).optional(),
  /** Answers without waiting for the request's body. */
  is_early: z.boolean().default(false),
});

const exchangeSchema = z.strictObject({ request: requestSchema, answer: answerSchema });
export type Exchange = z.infer<typeof exchangeSchema>;

const errorSchema = z.strictObject({
  type: z.string(),
  code: z.string().optional(),
  status: z.int().optional(),
  request_id: z.string().optional(),
  retry_after_s: z.number().optional(),
  /** Part of the message. */
  message: z.string().optional(),
  fields: z.record(z.string(), z.string()).optional(),
});

const signedSchema = z.strictObject({
  payload: z.string(),
  /** What the receiver gets if somebody changed it. */
  tampered: z.string().optional(),
  id: z.string().default('evt_1'),
  /** Seconds from now. */
  at_s: z.int().default(0),
  signed_with: z.array(z.string()),
  secret: z.union([z.string(), z.array(z.string())]),
  /** Headers to leave out, or to send in another case. */
  without: z.array(z.string()).default([]),
  uppercase: z.boolean().default(false),
  /** Replaces a header. */
  headers: z.record(z.string(), z.string()).default({}),
});
export type Signed = z.infer<typeof signedSchema>;

const caseSchema = z.strictObject({
  name: z.string(),
  op: z.string(),
  args: z.record(z.string(), json).default({}),
  /** A file that is written for the case and passed to the operation as a path or as bytes. */
  file: fileSchema.extend({ as: z.enum(['path', 'bytes']).default('path') }).optional(),
  client: z
    .strictObject({
      api_key: z.string().optional(),
      timeout_ms: z.int().optional(),
      total_timeout_ms: z.int().optional(),
      max_retries: z.int().optional(),
      /** Key and base URL come from the environment. */
      from_env: z.boolean().optional(),
      /** Nothing listens at its base URL. */
      is_closed: z.boolean().optional(),
    })
    .default({}),
  exchanges: z.array(exchangeSchema).default([]),
  webhook: signedSchema.optional(),
  expect: z.strictObject({
    /** A subset: objects may have more fields, arrays must have the same number of items. */
    value: json.optional(),
    error: errorSchema.optional(),
    took_ms: range.optional(),
  }),
});
export type Case = z.infer<typeof caseSchema>;

export const readFixtures = (): Record<string, z.infer<typeof json>> =>
  z.record(z.string(), json).parse(readJson(join(FOLDER, 'fixtures.json')));

export const readCases = (): Case[] =>
  readdirSync(join(FOLDER, 'cases'))
    .toSorted()
    .flatMap((name) => z.array(caseSchema).parse(readJson(join(FOLDER, 'cases', name))));

export const readLiveCases = (): Case[] => z.array(caseSchema).parse(readJson(join(FOLDER, 'live.json')));

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** Checks that everything in `part` is in `whole`; null and missing are the same. Returns the path of the first difference, or null. */
export function findDifference(part: unknown, whole: unknown, path = 'value'): string | null {
  if (part === null || whole === null || typeof part !== 'object' || typeof whole !== 'object') {
    const isSame = (part ?? null) === (whole ?? null);
    return isSame ? null : `${path} is ${JSON.stringify(whole)}, expected ${JSON.stringify(part)}`;
  }
  if (Array.isArray(part) && (!Array.isArray(whole) || part.length !== whole.length))
    return `${path} is ${JSON.stringify(whole)}, expected ${part.length} items`;
  const found = new Map(Object.entries(whole));
  for (const [name, value] of Object.entries(part)) {
    const difference = findDifference(value, found.get(name), `${path}.${name}`);
    if (difference !== null) return difference;
  }
  return null;
}
