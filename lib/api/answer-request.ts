// What every answer of our routes has, whoever asks: a request id of ours, no caching, and an error as problem+json. The one
// place where what a route throws is caught. Promises that no address gets into the log.
import 'server-only';
import { describeError } from '@/lib/describe-error';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { log } from '@/lib/log';
import { problemResponse } from './problem';

export interface Answering {
  requestId: string;
  /** Go on every answer from here on, the refused ones too. */
  headers: Headers;
}

export async function answerRequest(work: (answering: Answering) => Promise<Response>): Promise<Response> {
  const requestId = newId('request');
  const headers = new Headers({ 'X-Request-Id': requestId, 'Cache-Control': 'no-store' });
  const response = await attempt(() => work({ requestId, headers }), requestId);
  for (const [name, value] of headers) if (!response.headers.has(name)) response.headers.set(name, value);
  return response;
}

async function attempt(work: () => Promise<Response>, requestId: string): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    return problemResponse(toAppError(error, requestId), requestId);
  }
}

/** What a route does when its request is refused before it does anything. */
export const refuse = (error: AppError): Promise<Response> => answerRequest(() => Promise.reject(error));

function toAppError(error: unknown, requestId: string): AppError {
  if (error instanceof AppError && error.status < 500) return error;
  log('api').error({ requestId, error: describeError(error) }, 'a request failed');
  return error instanceof AppError ? error : new AppError('internal_error', { cause: error });
}
