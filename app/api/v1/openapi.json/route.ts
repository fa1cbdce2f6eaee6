// The OpenAPI document, for anybody and from any origin, so that tools in a browser can read it.
import { answer, apiCalls, openApiRoute } from '@/lib/accounts/web/api-route';
import { env } from '@/lib/platform/env';
import { getOpenApi, openApiDocument } from './document';

/** It changes only with a release. */
let document: ReturnType<typeof openApiDocument> | undefined;

const readDocument = () => {
  document ??= openApiDocument(env().APP_URL);
  return answer(200, document, { 'Access-Control-Allow-Origin': '*' });
};

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(openApiRoute(getOpenApi, readDocument));
