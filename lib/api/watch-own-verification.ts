// The live stream of a verification for the page of a signed-in person, of their own workspace only.
import 'server-only';
import { findSession } from '@/lib/auth/session';
import { AppError } from '@/lib/errors';
import { answerRequest } from './answer-request';
import type { RouteHandler } from './api-route';
import { verificationEvents } from './verification-events';

export const watchOwnVerification: RouteHandler = (request, context) =>
  answerRequest(async () => {
    const session = await findSession();
    if (session === null) throw new AppError('unauthenticated');
    return verificationEvents(request, { scope: session.scope, id: String((await context.params).id) });
  });
