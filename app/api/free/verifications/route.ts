// The free verifier of our landing page: no account, and JSON only from our own origin. Its cookie gives visitors access to their own
// checks.
import { apiMethods, type RouteHandler } from '@/lib/accounts/web/api-route';
import { AppError } from '@/lib/platform/errors';
import { parseInput, readJsonBody } from '@/lib/platform/http/body';
import { clientNetworksOf, isSameOrigin } from '@/lib/platform/http/client-address';
import { answerRequest } from '@/lib/platform/http/problem';
import { freeRequestSchema } from '@/lib/verifications/api';
import { getFreeAllowance, startFreeVerification } from '@/lib/verifications/free';
import { findVisitor, newVisitor } from '@/lib/verifications/web/free';

const REMAINING = 'X-Free-Checks-Remaining';

const startFreeCheck: RouteHandler = (request) =>
  answerRequest(async ({ headers }) => {
    if (!isSameOrigin(request.headers))
      throw new AppError('forbidden', { detail: 'The free verifier is for people on this site. Programs use the API.' });
    const { value } = await readJsonBody(request);
    const { email } = parseInput(freeRequestSchema, value);
    const { visitorKey, setCookie } = findVisitor(request.headers) ?? newVisitor();
    const started = await startFreeVerification({ email, networks: clientNetworksOf(request.headers), visitorKey });
    if (!started.ok) {
      if (started.error.code === 'rate_limited')
        headers.set(REMAINING, String((await getFreeAllowance(clientNetworksOf(request.headers))).remaining));
      throw started.error;
    }
    const { view, remaining } = started.value;
    return Response.json(view, { status: 201, headers: { 'Set-Cookie': setCookie, [REMAINING]: String(remaining) } });
  });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ POST: startFreeCheck });
