// An error as RFC 9457 problem+json. Promises that a customer reads the public sentence only: the cause stays inside.
import 'server-only';
import { ERRORS, type AppError } from '@/lib/errors';

export interface Problem {
  /** Names the kind of problem for programs; not an address to open. */
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  request_id: string;
  /** Seconds, as in the header Retry-After. */
  retry_after?: number;
  errors?: { field: string; detail: string }[];
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

export function problemResponse(error: AppError, requestId: string): Response {
  const headers = new Headers({ 'Content-Type': 'application/problem+json' });
  if (error.retryAfterS !== null) headers.set('Retry-After', String(error.retryAfterS));
  // RFC 9110 15.5.2: a 401 names the way to authenticate.
  if (error.code === 'missing_key' || error.code === 'invalid_key') headers.set('WWW-Authenticate', 'Bearer');
  return new Response(JSON.stringify(problemOf(error, requestId)), { status: error.status, headers });
}
