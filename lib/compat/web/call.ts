// A call in another service's format: the key where its clients put it, the fields however they send them, and its own format for
// refusals. Otherwise a call goes through the same steps as in API v1. A key in a query is neither logged nor part of what is remembered
// about a request.
import 'server-only';
import { z } from 'zod';
import { doOnce, type OnceOptions } from '@/lib/accounts/web/api-post';
import { type ApiAnswer, type ApiCall, keyedRoute, type RouteHandler, toResponse } from '@/lib/accounts/web/api-route';
import type { RateBucket } from '@/lib/accounts/operation';
import type { ApiScope } from '@/lib/accounts/rules/keys';
import { AppError } from '@/lib/platform/errors';
import { readRawBody } from '@/lib/platform/http/body';
import type { Attempt } from '@/lib/platform/idempotency';
import {
  ADDRESS_INPUT_MAX_CHARS,
  API_TIMEOUT_MAX_MS,
  BATCH_BODY_MAX_BYTES,
  COMPAT_FORM_MAX_BYTES,
  COMPAT_SAME_QUESTION_MS,
} from '@/lib/platform/limits';
import type { VerificationView } from '@/lib/verdict/verification';
import { verifyOne } from '@/lib/verifications/web/verify-one';

export type Fields = Readonly<Record<string, unknown>>;

export interface CompatCall extends ApiCall<Fields, undefined> {
  /** From a form. */
  file: File | null;
}

export interface Vendor {
  /** The fields that may contain the key. Headers may contain it as well. */
  keyFields: readonly string[];
  refusal: (error: AppError, requestId: string) => Response;
}

interface CompatOptions {
  scope: ApiScope;
  /** A read unless set otherwise. */
  bucket?: RateBucket;
  /** The handler reads the body as it streams in; the fields are those of the query. */
  isStream?: boolean;
  /** A body with many addresses is accepted. */
  isLarge?: boolean;
  /** For this call only. */
  refusal?: Vendor['refusal'];
}

type Handler = (call: CompatCall) => Promise<ApiAnswer | Response>;

interface Sent {
  fields: Fields;
  file: File | null;
}

export function compatRoute(vendor: Vendor, options: CompatOptions, handler: Handler): RouteHandler {
  const { scope, bucket = 'read', isStream = false, isLarge = false, refusal = vendor.refusal } = options;
  const maxBytes = isLarge ? COMPAT_FORM_MAX_BYTES : BATCH_BODY_MAX_BYTES;
  const readKey = async (request: Request) => {
    const sent = isStream ? { fields: queryOf(request), file: null } : await readSent(request, maxBytes);
    return { key: keyOf(request.headers, sent.fields, vendor.keyFields), sent };
  };
  return keyedRoute<Sent>({ scope, bucket, readKey, refusal }, async (call, { fields, file }) => {
    const bytes = askedBy({ fields, file }, vendor.keyFields);
    const answered = await handler({ ...call, query: fields, body: undefined, bytes, file });
    return answered instanceof Response ? answered : toResponse(answered);
  });
}

/** Once per Idempotency-Key, as in API v1. */
export const once = (
  call: CompatCall,
  options: Omit<OnceOptions, 'asked'>,
  work: (post: CompatCall & Attempt) => Promise<ApiAnswer>,
): Promise<ApiAnswer> => doOnce(call, { ...options, asked: call.bytes }, (attempt) => work({ ...call, ...attempt }));

/** The problem, in one sentence. */
export function sentenceOf({ message, fields }: AppError): string {
  const [first] = Object.entries(fields);
  return first === undefined ? message : `${first[0]} ${first[1]}`;
}

/** One address, in whatever form it was sent. */
export const addressField = z.string('is missing').min(1, 'is missing').max(ADDRESS_INPUT_MAX_CHARS);

const TRUE_WORDS = ['true', '1', 'yes', 'on'];
/** A boolean, however a client's language writes it. */
export const flag = z
  .unknown()
  .optional()
  .transform((value) => TRUE_WORDS.includes(String(value).toLowerCase()));
/** What a client's language writes for an absent value. */
const isBlank = (value: unknown): boolean => value === null || value === '';
export const blankAsMissing = (value: unknown): unknown => (isBlank(value) ? undefined : value);
/** A number or its digits, brought into the range. Undefined if none is given. */
export const whole = (min: number, max: number) =>
  z.preprocess(
    blankAsMissing,
    z.coerce
      .number('must be a number')
      .transform((value) => Math.min(max, Math.max(min, Math.floor(value))))
      .optional(),
  );

const queryOf = (request: Request): Fields => Object.fromEntries(new URL(request.url).searchParams);

async function readSent(request: Request, maxBytes: number): Promise<Sent> {
  const query = queryOf(request);
  if (request.method === 'GET' || request.method === 'HEAD' || request.body === null) return { fields: query, file: null };
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';');
  const isForm = type.trim().toLowerCase() === 'multipart/form-data';
  const bytes = await readRawBody(request, isForm ? COMPAT_FORM_MAX_BYTES : maxBytes);
  if (isForm) return readForm(query, bytes, request.headers);
  const text = new TextDecoder().decode(bytes).trim();
  const isEncoded = type.trim().toLowerCase() === 'application/x-www-form-urlencoded' && !text.startsWith('{');
  const fields = isEncoded ? Object.fromEntries(new URLSearchParams(text)) : readJson(text);
  return { fields: { ...query, ...fields }, file: null };
}

const objectSchema = z.record(z.string(), z.unknown());

/** Some clients send JSON as text, without a content type, or with that of a form. */
function readJson(text: string): Fields {
  if (text === '') return {};
  try {
    return objectSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new AppError('invalid_request', { detail: 'The body is not a JSON object.', cause: error });
  }
}

async function readForm(query: Fields, bytes: Uint8Array<ArrayBuffer>, headers: Headers): Promise<Sent> {
  const type = headers.get('content-type') ?? '';
  try {
    const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
    const texts = [...form].filter(([, value]) => typeof value === 'string');
    const file = [...form.values()].find((value) => value instanceof File) ?? null;
    return { fields: { ...query, ...Object.fromEntries(texts) }, file };
  } catch (error) {
    throw new AppError('invalid_request', { detail: 'The form is malformed or incomplete.', cause: error });
  }
}

/** In a field, or in a header: as a bearer or a token, as the user of Basic or its password, or bare. */
function keyOf(headers: Headers, fields: Fields, names: readonly string[]): string | null {
  const inField = names.map((name) => fields[name]).find((value) => typeof value === 'string' && value !== '');
  if (typeof inField === 'string') return inField.trim();
  const given = headers.get('authorization')?.trim() ?? '';
  const basic = /^Basic +(\S+)$/i.exec(given)?.[1];
  const [user = '', password = ''] = basic === undefined ? [] : Buffer.from(basic, 'base64').toString().split(':');
  const bare = basic === undefined ? given.replace(/^(?:Bearer|token) +/i, '') : user || password;
  const key = bare === '' ? (headers.get('x-api-key') ?? headers.get('x-reacher-secret'))?.trim() : bare;
  return key === undefined || key === '' ? null : key;
}

/** The request, for the Idempotency-Key. A file is represented by its name and size. */
function askedBy({ fields, file }: Sent, keyFields: readonly string[]): Uint8Array {
  const asked = Object.entries(fields).filter(([name]) => !keyFields.includes(name));
  const words = asked.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return new TextEncoder().encode(JSON.stringify([words, file?.name ?? null, file?.size ?? null]));
}

// One address in another service's format. A client that asks again because an answer was not ready in time gets that check's answer, and
// pays for one check.

export async function checkOne(post: CompatCall & Attempt, email: string, timeoutMs: number): Promise<VerificationView> {
  const patience = { timeoutMs: Math.min(timeoutMs, API_TIMEOUT_MAX_MS), askedWithinMs: COMPAT_SAME_QUESTION_MS };
  return (await verifyOne(post, { email, ...patience })).view;
}

/** Sent beside the body, which contains only the other service's words. */
export const reasonHeader = ({ reason }: VerificationView): Record<string, string> =>
  reason === null ? {} : { 'X-EV-Reason': reason };

// Refusals in the format of other services, if several of them share it.

/** A refusal with another service's body. The header that says when to come back is kept. */
export function refusalResponse(error: AppError, status: number, body: unknown): Response {
  const headers = new Headers({ 'Content-Type': 'application/json' });
  if (error.retryAfterS !== null) headers.set('Retry-After', String(error.retryAfterS));
  return new Response(JSON.stringify(body), { status, headers });
}

/** Whether the key is what is refused. */
export const isAboutKey = ({ code }: AppError): boolean =>
  code === 'missing_key' || code === 'invalid_key' || code === 'insufficient_scope' || code === 'ip_not_allowed';

export const isAboutCredits = ({ status }: AppError): boolean => status === 402;
