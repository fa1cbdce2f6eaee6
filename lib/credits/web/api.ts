// The wrapper of the ledger and usage files: for a signed-in person, of their own workspace only.
import 'server-only';
import { type RouteHandler } from '@/lib/accounts/web/api-route';
import { findSession } from '@/lib/accounts/web/session';
import { AppError } from '@/lib/platform/errors';
import { answerRequest } from '@/lib/platform/http/problem';
import type { Scope } from '@/lib/platform/scope';

export const forMember =
  (handler: (scope: Scope, url: string) => Response): RouteHandler =>
  (request) =>
    answerRequest(async () => {
      const session = await findSession();
      if (session === null) throw new AppError('unauthenticated');
      return handler(session.scope, request.url);
    });
