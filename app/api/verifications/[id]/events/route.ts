// The event stream of a verification, only for a signed-in person of its workspace. It ends with the session.
import { onSessionEnd } from '@/lib/accounts/sign-in';
import { apiMethods, type RouteHandler } from '@/lib/accounts/web/api-route';
import { findSession } from '@/lib/accounts/web/session';
import { AppError } from '@/lib/platform/errors';
import { answerRequest } from '@/lib/platform/http/problem';
import { verificationEvents } from '@/lib/verifications/web/verify-one';

const watchOwnVerification: RouteHandler = (request, context) =>
  answerRequest(async () => {
    const session = await findSession();
    if (session === null) throw new AppError('unauthenticated');
    return verificationEvents(request, {
      scope: session.scope,
      id: String((await context.params).id),
      untilSignedOut: (end) => onSessionEnd(session, end),
    });
  });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: watchOwnVerification, HEAD: null });
