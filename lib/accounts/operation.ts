// A call of API v1 as it is declared: once, by its noun. Its route is made from the declaration, and so is its place in the OpenAPI
// document, so what is documented is what runs.
import { z } from 'zod';
import type { ErrorCode } from '@/lib/platform/errors';
import type { ID_PREFIXES } from '@/lib/platform/ids';
import type { ApiScope } from './rules/keys';

/** For calls that take no query: what is sent all the same is not looked at. */
export const NO_QUERY = z.object({});
/** For calls that take no body, or read it themselves: it is not looked at. */
export const NO_BODY = z.undefined();

export type OperationMethod = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** Headers of answers, besides those that every answer has. */
export type AnswerHeader = 'X-Credits-Charged' | 'X-Credits-Remaining' | 'Content-Disposition';

/** One kind of success. */
export interface OperationAnswer {
  description: string;
  /** Left out: there is no body, or one that is no JSON. */
  schema?: z.ZodType;
  example?: unknown;
  headers?: readonly AnswerHeader[];
  /** Media types of a body that is no JSON. */
  streams?: readonly string[];
}

export interface Operation<Q = unknown, B = unknown> {
  id: string;
  method: OperationMethod;
  path: `/v1/${string}`;
  tag: string;
  summary: string;
  description?: string;
  /** What a key needs for it; null: no key at all. */
  scope: ApiScope | null;
  /** Pages may ask it with a public key, and get its public answer. */
  isPublic?: boolean;
  /** The bucket it is taken from; left out: a GET reads, everything else verifies. */
  bucket?: RateBucket;
  /** An example of each part of the path that is a parameter. */
  params?: Readonly<Record<string, string>>;
  query: z.ZodType<Q, Record<string, unknown>>;
  queryExample?: Readonly<Record<string, string | number>>;
  body: z.ZodType<B>;
  bodyExample?: unknown;
  /** No body counts as an empty object. */
  isBodyOptional?: boolean;
  /** Of the body, if the call takes more than others. */
  maxBytes?: number;
  /** The fields of a form that come before its file; the route reads them as they stream in. */
  form?: z.ZodObject;
  /** It takes an Idempotency-Key: what it makes, whose id is chosen before the work starts. */
  makes?: keyof typeof ID_PREFIXES;
  answers: Readonly<Record<number, OperationAnswer>>;
  /** Beyond those that follow from the rest. */
  errors?: readonly ErrorCode[];
}

export type RateBucket = 'read' | 'verify';

export const bucketOf = ({ method, bucket }: Operation): RateBucket => bucket ?? (method === 'GET' ? 'read' : 'verify');

export const hasQuery = ({ query }: Operation): boolean => query !== NO_QUERY;
export const hasBody = ({ body }: Operation): boolean => body !== NO_BODY;

/** Every refusal that the call can answer: those that follow from what it is, and its own. */
export function errorsOf(operation: Operation): ErrorCode[] {
  const { scope, params, form, makes, errors = [] } = operation;
  const takesBody = hasBody(operation);
  const hasInput = hasQuery(operation) || takesBody || form !== undefined || makes !== undefined;
  return [
    ...new Set<ErrorCode>([
      ...(hasInput ? (['invalid_request'] as const) : []),
      ...(scope === null
        ? []
        : ([
            'missing_key',
            'invalid_key',
            'insufficient_scope',
            'ip_not_allowed',
            'origin_not_allowed',
            'rate_limited',
          ] as const)),
      // What is named by an id can be another's; a domain is nobody's.
      ...(params?.id === undefined ? [] : (['not_found'] as const)),
      ...(makes === undefined ? [] : (['idempotency_in_progress', 'idempotency_mismatch'] as const)),
      ...(takesBody ? (['payload_too_large', 'unsupported_media_type'] as const) : []),
      ...(form === undefined ? [] : (['file_too_large', 'unsupported_media_type'] as const)),
      ...errors,
      // Of the HTTP server itself.
      'head_too_large',
      ...(scope === null ? [] : (['internal_error', 'unavailable'] as const)),
    ]),
  ];
}
