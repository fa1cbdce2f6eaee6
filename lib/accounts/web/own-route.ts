// The wrapper of the calls of our own pages: a signed-in person, and our own origin if something is changed. Programs use the
// API.
import 'server-only';
import { isSameOrigin } from '@/lib/platform/http/same-origin';
import { findSession, type Session } from './session';
import { AppError } from '@/lib/platform/errors';
import { answerRequest } from '@/lib/platform/http/problem';
import type { RouteHandler } from './api-route';

export interface OwnCall {
  request: Request;
  session: Session;
  /** A part of the path; '' if the route has none of that name. */
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
