// The tools for agents at /mcp, over streamable HTTP with an API key. There are no sessions: each request is complete, so any web process
// can answer it, and nothing is kept between two requests. A tool's call goes to the API's own route with the headers of the request, so
// that the key, its locks, its limits and its log apply as if the agent had called the API itself.
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { GET as getCreditsRoute } from '@/app/api/v1/credits/route';
import { GET as getDomainRoute } from '@/app/api/v1/domains/[domain]/route';
import { GET as listResultsRoute } from '@/app/api/v1/lists/[id]/results/route';
import { GET as getListRoute } from '@/app/api/v1/lists/[id]/route';
import { POST as startListRoute } from '@/app/api/v1/lists/[id]/start/route';
import { GET as getVerificationRoute } from '@/app/api/v1/verifications/[id]/route';
import { POST as verifyBatchRoute } from '@/app/api/v1/verify/batch/route';
import { POST as verifySingleRoute } from '@/app/api/v1/verify/single/route';
import { apiMethods, limitRate, type RouteHandler } from '@/lib/accounts/web/api-route';
import { findKey, requireKey } from '@/lib/accounts/web/require-key';
import { getCredits } from '@/lib/credits/api';
import { getList, listResults, startList, verifyBatch } from '@/lib/lists/operations';
import { type CallApi, createMcpServer, pathOf } from '@/lib/mcp/server';
import { AppError } from '@/lib/platform/errors';
import { readJsonBody } from '@/lib/platform/http/body';
import { answerRequest } from '@/lib/platform/http/problem';
import { getDomain, getVerification, verifySingle } from '@/lib/verifications/operations';

const ROUTES = new Map<string, RouteHandler>([
  [verifySingle.id, verifySingleRoute],
  [getVerification.id, getVerificationRoute],
  [verifyBatch.id, verifyBatchRoute],
  [startList.id, startListRoute],
  [getList.id, getListRoute],
  [listResults.id, listResultsRoute],
  [getDomain.id, getDomainRoute],
  [getCredits.id, getCreditsRoute],
]);

/** Headers that belong to the agent's own request and its body. The call has its own. */
const NOT_FOR_THE_CALL = ['content-length', 'content-encoding', 'accept', 'idempotency-key'];

function callRoutes({ url, headers, signal }: Request): CallApi {
  return async (asked) => {
    const route = ROUTES.get(asked.operation.id);
    if (route === undefined) throw new Error(`${asked.operation.id} has no route here`);
    const own = new Headers(headers);
    for (const name of NOT_FOR_THE_CALL) own.delete(name);
    const { method } = asked.operation;
    const body = asked.body === undefined ? {} : { body: JSON.stringify(asked.body) };
    const request = new Request(new URL(`/api${pathOf(asked)}`, url), { method, headers: own, signal, ...body });
    const response = await route(request, { params: Promise.resolve({ ...asked.params }) });
    return { status: response.status, body: await response.json() };
  };
}

const answer: RouteHandler = (request) =>
  answerRequest(async ({ headers }) => {
    const { holder, taken } = await requireKey(request.headers, findKey(request.headers), 'read');
    if (holder.mode === 'pub') throw new AppError('insufficient_scope', { detail: 'A public key can’t be used here.' });
    await limitRate({ holder, taken }, 'read', headers);
    const { value } = await readJsonBody(request);
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    const server = createMcpServer(callRoutes(request));
    await server.connect(transport);
    try {
      return await transport.handleRequest(request, { parsedBody: value });
    } finally {
      await server.close();
    }
  });

// The server never speaks first, so there is no stream to open (GET), and there is no session to end (DELETE).
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ POST: answer });
