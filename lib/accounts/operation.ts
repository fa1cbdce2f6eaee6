// The declaration of an API v1 call, made once by its noun. Its route and its entry in the OpenAPI document are both made from the
// declaration, so what is documented is what runs.
import { z } from 'zod';
import type { ErrorCode } from '@/lib/platform/errors';
import type { ID_PREFIXES } from '@/lib/platform/ids';
import type { ApiScope } from './rules/keys';

/** For calls without a query. A query that is sent anyway is ignored. */
export const NO_QUERY = z.object({});
/** For calls without a body, or that read the body themselves. It is not parsed here. */
export const NO_BODY = z.undefined();

export type OperationMethod = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** Headers of answers, in addition to those that every answer has. */
export type AnswerHeader = 'X-Credits-Charged' | 'X-Credits-Remaining' | 'Content-Disposition';

/** One kind of success. */
export interface OperationAnswer {
  description: string;
  /** Left out if there is no body, or one that is not JSON. */
  schema?: z.ZodType;
  example?: unknown;
  headers?: readonly AnswerHeader[];
  /** Media types of a body that is not JSON. */
  streams?: readonly string[];
}

export interface Operation<Q = unknown, B = unknown> {
  id: string;
  method: OperationMethod;
  path: `/v1/${string}`;
  tag: string;
  summary: string;
  description?: string;
  /** The scope that a key needs for the call. Null if it needs no key at all. */
  scope: ApiScope | null;
  /** Pages may call it with a public key and get its public answer. */
  isPublic?: boolean;
  /** The bucket that the call is taken from. If left out, a GET counts as a read and everything else as verifying. */
  bucket?: RateBucket;
  /** An example for each parameter in the path. */
  params?: Readonly<Record<string, string>>;
  query: z.ZodType<Q, Record<string, unknown>>;
  queryExample?: Readonly<Record<string, string | number>>;
  body: z.ZodType<B>;
  bodyExample?: unknown;
  /** A missing body counts as an empty object. */
  isBodyOptional?: boolean;
  /** The body's limit, if the call accepts more than others do. */
  maxBytes?: number;
  /** The fields of a form that come before its file; the route reads them as they stream in. */
  form?: z.ZodObject;
  /** The call accepts an Idempotency-Key. Names what it makes, whose id is chosen before the work starts. */
  makes?: keyof typeof ID_PREFIXES;
  answers: Readonly<Record<number, OperationAnswer>>;
  /** Errors beyond those that follow from the rest of the declaration. */
  errors?: readonly ErrorCode[];
}

export type RateBucket = 'read' | 'verify';

export const bucketOf = ({ method, bucket }: Operation): RateBucket => bucket ?? (method === 'GET' ? 'read' : 'verify');

export const hasQuery = ({ query }: Operation): boolean => query !== NO_QUERY;
export const hasBody = ({ body }: Operation): boolean => body !== NO_BODY;

/** Every refusal that the call can answer: those that follow from its declaration, and its own. */
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
      // Something named by an id can belong to another workspace; a domain belongs to nobody.
      ...(params?.id === undefined ? [] : (['not_found'] as const)),
      ...(makes === undefined ? [] : (['idempotency_in_progress', 'idempotency_mismatch'] as const)),
      ...(takesBody ? (['payload_too_large', 'unsupported_media_type'] as const) : []),
      ...(form === undefined ? [] : (['file_too_large', 'unsupported_media_type'] as const)),
      ...errors,
      // From the HTTP server itself.
      'head_too_large',
      ...(scope === null ? [] : (['internal_error', 'unavailable'] as const)),
    ]),
  ];
}
