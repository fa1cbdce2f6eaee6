// How other services refuse, where it is the same for several of them.
import 'server-only';
import type { AppError } from '@/lib/platform/errors';

/** A refusal with a body of theirs; what says when to come back is kept. */
export function refusalResponse(error: AppError, status: number, body: unknown): Response {
  const headers = new Headers({ 'Content-Type': 'application/json' });
  if (error.retryAfterS !== null) headers.set('Retry-After', String(error.retryAfterS));
  return new Response(JSON.stringify(body), { status, headers });
}

/** Whether it is the key that is refused. */
export const isAboutKey = ({ code }: AppError): boolean =>
  code === 'missing_key' || code === 'invalid_key' || code === 'insufficient_scope' || code === 'ip_not_allowed';

export const isAboutCredits = ({ status }: AppError): boolean => status === 402;
