// Pages of other sites that ask the API (CORS, Fetch Standard 3.3). A preflight names no key, so whether an origin is allowed is only known
// with the request itself: the preflight lets any page ask, and only a key that is locked to the page's origin makes the answer readable.
import 'server-only';
import { CORS_PREFLIGHT_MAX_AGE_S } from '@/lib/platform/limits';

const READABLE = 'X-Request-Id, RateLimit-Policy, RateLimit, Retry-After, Idempotent-Replayed';

/** Call it once the key has allowed the origin. */
export function allowPage(asked: Headers, answered: Headers): void {
  const origin = asked.get('origin');
  answered.set('Vary', 'Origin');
  if (origin === null) return;
  answered.set('Access-Control-Allow-Origin', origin);
  answered.set('Access-Control-Expose-Headers', READABLE);
}

export const answerPreflight =
  <C>(otherwise: (request: Request, context: C) => Promise<Response>) =>
  async (request: Request, context: C): Promise<Response> => {
    const response = await otherwise(request, context);
    const origin = request.headers.get('origin');
    if (origin === null || !request.headers.has('access-control-request-method')) return response;
    response.headers.set('Vary', 'Origin');
    response.headers.set('Access-Control-Allow-Origin', origin);
    response.headers.set('Access-Control-Allow-Methods', 'POST');
    response.headers.set('Access-Control-Allow-Headers', 'Authorization, X-API-Key, Content-Type, Idempotency-Key');
    response.headers.set('Access-Control-Max-Age', String(CORS_PREFLIGHT_MAX_AGE_S));
    return response;
  };
