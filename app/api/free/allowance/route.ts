import { apiMethods, type RouteHandler } from '@/lib/accounts/web/api-route';
import { clientNetworksOf } from '@/lib/platform/http/client-address';
import { answerRequest } from '@/lib/platform/http/problem';
import { getFreeAllowance } from '@/lib/verifications/free';

const readAllowance: RouteHandler = (request) =>
  answerRequest(async () => Response.json(await getFreeAllowance(clientNetworksOf(request.headers))));

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: readAllowance });
