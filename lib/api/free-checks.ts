// The free verifier's calls, for our own landing page: no account, JSON from our own origin only, and a visitor's cookie that
// opens the visitor's own checks.
import 'server-only';
import { isSameOrigin } from '@/lib/auth/is-same-origin';
import { VISITORS_WORKSPACE_ID } from '@/lib/data/scope';
import { AppError } from '@/lib/errors';
import { freeRequestSchema } from '@/lib/schemas/verification-request';
import { getFreeAllowance } from '@/lib/services/free-allowance';
import { startFreeVerification } from '@/lib/services/start-free-verification';
import { answerRequest } from './answer-request';
import type { RouteHandler } from './api-route';
import { clientKeyOf } from './client-address';
import { parseInput } from './parse-input';
import { readJsonBody } from './read-json-body';
import { verificationEvents } from './verification-events';
import { findVisitor, newVisitor } from './visitor-cookie';

const REMAINING = 'X-Free-Checks-Remaining';

export const startFreeCheck: RouteHandler = (request) =>
  answerRequest(async ({ headers }) => {
    if (!isSameOrigin(request.headers))
      throw new AppError('forbidden', { detail: 'The free verifier is for people on this site. Programs use the API.' });
    const { value } = await readJsonBody(request);
    const { email } = parseInput(freeRequestSchema, value);
    const { visitorKey, setCookie } = findVisitor(request.headers) ?? newVisitor();
    const started = await startFreeVerification({ email, clientKey: clientKeyOf(request.headers), visitorKey });
    if (!started.ok) {
      if (started.error.code === 'rate_limited') headers.set(REMAINING, '0');
      throw started.error;
    }
    const { view, remaining } = started.value;
    return Response.json(view, { status: 201, headers: { 'Set-Cookie': setCookie, [REMAINING]: String(remaining) } });
  });

export const readAllowance: RouteHandler = (request) =>
  answerRequest(async () => Response.json(await getFreeAllowance(clientKeyOf(request.headers))));

export const watchFreeCheck: RouteHandler = (request, context) =>
  answerRequest(async () => {
    const visitor = findVisitor(request.headers);
    if (visitor === null) throw new AppError('not_found');
    const id = String((await context.params).id);
    return verificationEvents(request, { scope: { workspaceId: VISITORS_WORKSPACE_ID }, id, visitorKey: visitor.visitorKey });
  });
