// The wrapper of our own pages' calls: a signed-in person, and from our own origin where something is changed. Programs use the API.
import 'server-only';
import { isSameOrigin } from '@/lib/auth/is-same-origin';
import { findSession, type Session } from '@/lib/auth/session';
import { AppError } from '@/lib/errors';
import { answerRequest } from './answer-request';
import type { RouteHandler } from './api-route';

export interface OwnCall {
  request: Request;
  session: Session;
  /** A part of the path, '' where the route has none of that name. */
  param: (name: string) => string;
}

export const ownRoute =
  (handler: (call: OwnCall) => Promise<Response>): RouteHandler =>
  (request, context) =>
    answerRequest(async () => {
      const isReading = request.method === 'GET' || request.method === 'HEAD';
      if (!isReading && !isSameOrigin(request.headers))
        throw new AppError('forbidden', { detail: 'This is for people on this site. Programs use the API.' });
      const session = await findSession();
      if (session === null) throw new AppError('unauthenticated');
      const params = await context.params;
      return handler({ request, session, param: (name) => String(params[name] ?? '') });
    });
