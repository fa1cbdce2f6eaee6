// Client input: a JSON body, the exact bytes of a body, or a query, parsed by the call's schema. Never reads more of a body than the
// limit, whatever the client announces, and refuses bad input with 415, 413 or 400 before anything else is done with it. Compressed bodies
// are refused, because a small one can expand without end.
import 'server-only';
import type { z } from 'zod';
import { AppError } from '../errors';
import { API_BODY_MAX_BYTES, API_BODY_MAX_DEPTH } from '../limits';

export interface JsonBody {
  /** As received. */
  bytes: Uint8Array;
  value: unknown;
}

const MAX_FIELDS = 20;
const MAX_NAME_CHARS = 100;

export async function readJsonBody(request: Request, maxBytes = API_BODY_MAX_BYTES): Promise<JsonBody> {
  requireJson(request.headers);
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > maxBytes) throw tooLarge(maxBytes);
  const bytes = await readBounded(request, maxBytes);
  return { bytes, value: parseJson(bytes) };
}

/** For calls that need no input: a missing body reads as an empty object. */
export function readOptionalJson(request: Request): Promise<JsonBody> {
  const isEmpty = request.body === null || request.headers.get('content-length') === '0';
  return isEmpty ? Promise.resolve({ bytes: new Uint8Array(), value: {} }) : readJsonBody(request);
}

/** Reads the exact bytes, for bodies that are signed or stored as received. */
export async function readRawBody(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes);
  if ((request.headers.get('content-encoding') ?? 'identity') !== 'identity') throw new AppError('unsupported_media_type');
  return readBounded(request, maxBytes);
}

/** Throws a 400 with one sentence for each field. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new AppError('invalid_request', { fields: fieldProblems(parsed.error.issues) });
}

/** A repeated parameter is refused as the client's mistake; it is not a list. */
export function parseQuery<T>(schema: z.ZodType<T>, url: string): T {
  const { searchParams } = new URL(url);
  const names = [...searchParams.keys()];
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined)
    throw new AppError('invalid_request', { fields: { [repeated.slice(0, MAX_NAME_CHARS)]: 'must be given once' } });
  return parseInput(schema, Object.fromEntries(searchParams));
}

function requireJson(headers: Headers): void {
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  const encoding = headers.get('content-encoding') ?? 'identity';
  if (type.trim().toLowerCase() !== 'application/json') {
    throw new AppError('unsupported_media_type', { detail: 'Send the body as application/json.' });
  }
  if (encoding !== 'identity')
    throw new AppError('unsupported_media_type', { detail: 'Send the body without Content-Encoding.' });
}

async function readBounded(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    // Leaving the loop early cancels the stream: the rest is never read.
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength;
      if (size > maxBytes) throw tooLarge(maxBytes);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('invalid_request', { detail: 'The body is incomplete.', cause: error });
  }
  return Buffer.concat(chunks);
}

const tooLarge = (maxBytes: number) =>
  new AppError('payload_too_large', { detail: `The body may have at most ${maxBytes} bytes.` });

function parseJson(bytes: Uint8Array): unknown {
  const value = tryParse(bytes);
  if (isTooDeep(value))
    throw new AppError('invalid_request', { detail: `The body is nested more than ${API_BODY_MAX_DEPTH} levels deep.` });
  return value;
}

function tryParse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new AppError('invalid_request', { detail: 'The body is not valid JSON in UTF-8.', cause: error });
  }
}

/** Checked level by level: recursion would overflow the stack on a deep body. */
function isTooDeep(value: unknown): boolean {
  let level = containersIn([value]);
  for (let depth = 0; depth < API_BODY_MAX_DEPTH; depth++)
    level = level.flatMap((container) => containersIn(Object.values(container)));
  return level.length > 0;
}

const containersIn = (values: readonly unknown[]): object[] =>
  values.filter((value) => typeof value === 'object' && value !== null);

function fieldProblems(issues: readonly z.core.$ZodIssue[]): Record<string, string> {
  const problems = issues.flatMap(meantOf).flatMap((issue): [string, string][] => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => [pathOf([...issue.path, key]), 'is not a field of this call']);
    return [[pathOf(issue.path), issue.message]];
  });
  // Reversed, so that the first problem of each field wins.
  return Object.fromEntries(problems.slice(0, MAX_FIELDS).toReversed());
}

/** For a body that may have several forms: the problems of the form that was meant, which is the one of the body's own type. */
function meantOf(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.path.length > 0) return [issue];
  const isOtherType = (form: readonly z.core.$ZodIssue[]) =>
    form.some(({ code, path }) => code === 'invalid_type' && path.length === 0);
  return issue.errors.find((form) => !isOtherType(form)) ?? [issue];
}

const pathOf = (path: readonly PropertyKey[]): string => path.map(String).join('.').slice(0, MAX_NAME_CHARS) || 'body';

// Reads one value of a page's query. Null if it is missing or repeated.

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

export async function searchParam(params: SearchParams, name: string): Promise<string | null> {
  const value = (await params)[name];
  return typeof value === 'string' ? value : null;
}
