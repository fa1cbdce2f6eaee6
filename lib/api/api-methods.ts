// All methods of a path: those it has, and for every other one 405 as problem+json with Allow, which Next would leave empty.
import 'server-only';
import { AppError } from '@/lib/errors';
import { refuse } from './answer-request';
import type { RouteHandler } from './api-route';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
type Method = (typeof METHODS)[number];

/** HEAD comes with GET unless given otherwise: HTTP leaves the body out by itself. */
export function apiMethods(
  routes: Partial<Record<Exclude<Method, 'OPTIONS'>, RouteHandler | null>>,
): Record<Method, RouteHandler> {
  const given = { HEAD: routes.GET, ...routes };
  const allow = METHODS.filter((method) => method === 'OPTIONS' || given[method]).join(', ');
  const notAllowed: RouteHandler = async () => {
    const response = await refuse(new AppError('method_not_allowed'));
    response.headers.set('Allow', allow);
    return response;
  };
  return {
    GET: given.GET ?? notAllowed,
    HEAD: given.HEAD ?? notAllowed,
    POST: given.POST ?? notAllowed,
    PUT: given.PUT ?? notAllowed,
    PATCH: given.PATCH ?? notAllowed,
    DELETE: given.DELETE ?? notAllowed,
    OPTIONS: () => Promise.resolve(new Response(null, { status: 204, headers: { Allow: allow } })),
  };
}

/** A path that does not exist, whatever the method. */
export function missingPath(): Record<Method, RouteHandler> {
  const missing: RouteHandler = () => refuse(new AppError('not_found', { detail: 'There is no such path in this API.' }));
  return { GET: missing, HEAD: missing, POST: missing, PUT: missing, PATCH: missing, DELETE: missing, OPTIONS: missing };
}
