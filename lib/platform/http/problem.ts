// Every response of our routes has a request id and is not cached, and every error becomes RFC 9457 problem+json. This is the one place
// that catches what a route throws. A customer reads only the public sentence (the cause stays internal), and no email address gets into
// the log.
import 'server-only';
import { z } from 'zod';
import { databaseAway } from '../db/transaction';
import { AppError, describeError, ERRORS } from '../errors';
import { newId } from '../ids';
import { log } from '../log';
import { escapeHtml } from '../mail/compose';

/** RFC 9457. */
export const problemSchema = z
  .strictObject({
    type: z.string().meta({ description: 'Identifies the kind of problem for programs; not a URL to open.' }),
    title: z.string().describe('The kind of problem, for people.'),
    status: z.int().describe('The HTTP status.'),
    detail: z.string().meta({ description: 'One sentence for people about this occurrence.' }),
    code: z.enum(Object.keys(ERRORS)).meta({ description: 'Stable; programs decide by it.' }),
    request_id: z.string().meta({ description: 'The same as X-Request-Id; give it to support.' }),
    retry_after: z.int().optional().meta({ description: 'Seconds, as in the Retry-After header.' }),
    errors: z
      .array(z.strictObject({ field: z.string().describe('The field.'), detail: z.string().describe('What is wrong with it.') }))
      .optional()
      .meta({ description: 'What is wrong, by field.' }),
  })
  .meta({ id: 'Problem', description: 'What was refused, and why (RFC 9457).' });
export type Problem = z.infer<typeof problemSchema>;

export interface Answering {
  requestId: string;
  /** Set on every response from here on, refusals included. */
  headers: Headers;
}

/** Refusals are problem+json, unless the caller writes them in another format. */
export async function answerRequest(
  work: (answering: Answering) => Promise<Response>,
  refusal: (error: AppError, requestId: string) => Response = problemResponse,
): Promise<Response> {
  const requestId = newId('request');
  const headers = new Headers({ 'X-Request-Id': requestId, 'Cache-Control': 'no-store' });
  const response = await attempt(
    () => work({ requestId, headers }),
    (error) => refusal(toAppError(error, requestId), requestId),
  );
  for (const [name, value] of headers) if (!response.headers.has(name)) response.headers.set(name, value);
  return response;
}

/** For routes that refuse a request before doing anything, and for failures outside our wrappers. */
export const refuse = (error: unknown): Promise<Response> =>
  answerRequest(() => {
    throw error;
  });

export function problemResponse(error: AppError, requestId: string): Response {
  const headers = new Headers({ 'Content-Type': 'application/problem+json' });
  if (error.retryAfterS !== null) headers.set('Retry-After', String(error.retryAfterS));
  // RFC 9110 15.5.2: a 401 names the way to authenticate.
  if (error.code === 'missing_key' || error.code === 'invalid_key') headers.set('WWW-Authenticate', 'Bearer');
  return new Response(JSON.stringify(problemOf(error, requestId)), { status: error.status, headers });
}

export function problemOf(error: AppError, requestId: string): Problem {
  const errors = Object.entries(error.fields).map(([field, detail]) => ({ field, detail }));
  return {
    type: `urn:email-verifier:problem:${error.code}`,
    title: ERRORS[error.code].title,
    status: error.status,
    detail: error.message,
    code: error.code,
    request_id: requestId,
    ...(error.retryAfterS !== null && { retry_after: error.retryAfterS }),
    ...(errors.length > 0 && { errors }),
  };
}

async function attempt(work: () => Promise<Response>, refusal: (error: unknown) => Response): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    return refusal(error);
  }
}

function toAppError(error: unknown, requestId: string): AppError {
  if (error instanceof AppError && error.status < 500) return error;
  const away = databaseAway(error);
  if (away !== null) {
    log('api').warn({ requestId }, 'a request came while the database was away');
    return away;
  }
  log('api').error({ requestId, error: describeError(error) }, 'a request failed');
  return error instanceof AppError ? error : new AppError('internal_error', { cause: error });
}

// A refusal for a person whose browser opened one of our URLs that is not a page: one sentence and a link back. The page loads nothing,
// and only its own styles can apply.

export const wantsPage = (headers: Headers): boolean => headers.get('accept')?.includes('text/html') === true;

export function refusalPage(error: AppError, back: string): Response {
  const { title } = ERRORS[error.code];
  const detail = error.message === title ? '' : `<p>${escapeHtml(error.message)}</p>`;
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)} · Email Verifier</title>
<style>:root{color-scheme:light dark}body{margin:0;padding:64px 24px;font:16px/24px system-ui,sans-serif}main{max-width:520px;margin:0 auto}h1{font-size:24px;line-height:32px}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>${detail}<p><a href="${escapeHtml(back)}">${error.code === 'unavailable' ? 'Try again' : 'Go back'}</a></p></main></body></html>`;
  return new Response(html, {
    status: error.status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
      'Referrer-Policy': 'same-origin',
      ...(error.retryAfterS !== null && { 'Retry-After': String(error.retryAfterS) }),
    },
  });
}

/** Runs a route that is not a page. While the database is away, it answers with a page that links to the same URL. */
export async function comeBackLater(address: string, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    const away = databaseAway(error);
    if (away === null) throw error;
    return refusalPage(away, address);
  }
}
