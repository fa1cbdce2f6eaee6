// The event stream of a free check, for the visitor whose cookie started it. For anybody else the check does not exist.
import { apiMethods, type RouteHandler } from '@/lib/accounts/web/api-route';
import { AppError } from '@/lib/platform/errors';
import { answerRequest } from '@/lib/platform/http/problem';
import { VISITORS_WORKSPACE_ID } from '@/lib/platform/scope';
import { verificationEvents } from '@/lib/verifications/web/verify-one';
import { findVisitor } from '@/lib/verifications/web/free';

const watchFreeCheck: RouteHandler = (request, context) =>
  answerRequest(async () => {
    const visitor = findVisitor(request.headers);
    if (visitor === null) throw new AppError('not_found');
    const id = String((await context.params).id);
    return verificationEvents(request, { scope: { workspaceId: VISITORS_WORKSPACE_ID }, id, visitorKey: visitor.visitorKey });
  });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: watchFreeCheck, HEAD: null });
