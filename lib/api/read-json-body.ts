// The body of a JSON request. Promises to read no more of it than the limit, whatever the client announces, and to refuse with
// 415, 413 or 400 before anything else happens with it. Refuses compressed bodies: a small one can unfold without end.
import 'server-only';
import { API_BODY_MAX_BYTES, API_BODY_MAX_DEPTH } from '@/lib/domain/limits';
import { AppError } from '@/lib/errors';

export interface JsonBody {
  /** As it came. */
  bytes: Uint8Array;
  value: unknown;
}

export async function readJsonBody(request: Request, maxBytes = API_BODY_MAX_BYTES): Promise<JsonBody> {
  requireJson(request.headers);
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > maxBytes) throw tooLarge(maxBytes);
  const bytes = await readBounded(request, maxBytes);
  return { bytes, value: parseJson(bytes) };
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

async function readBounded(request: Request, maxBytes: number): Promise<Uint8Array> {
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
    throw new AppError('invalid_request', { detail: 'The body ended before it was complete.', cause: error });
  }
  return Buffer.concat(chunks);
}

const tooLarge = (maxBytes: number) =>
  new AppError('payload_too_large', { detail: `The body may have ${maxBytes} bytes at most.` });

function parseJson(bytes: Uint8Array): unknown {
  const value = tryParse(bytes);
  if (isTooDeep(value))
    throw new AppError('invalid_request', { detail: `The body is nested more than ${API_BODY_MAX_DEPTH} deep.` });
  return value;
}

function tryParse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new AppError('invalid_request', { detail: 'The body is not valid JSON in UTF-8.', cause: error });
  }
}

/** Level by level and not by recursion, which a deep body would break. */
function isTooDeep(value: unknown): boolean {
  let level = containersIn([value]);
  for (let depth = 0; depth < API_BODY_MAX_DEPTH; depth++)
    level = level.flatMap((container) => containersIn(Object.values(container)));
  return level.length > 0;
}

const containersIn = (values: readonly unknown[]): object[] =>
  values.filter((value) => typeof value === 'object' && value !== null);
