// The HTTP side: API calls under /v1, pages for people elsewhere. Answers only to its own host name on loopback, and accepts forms only
// from its own pages, so that no page on the internet can press its buttons.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ROUTES } from '../api/routes';
import { answerPage } from '../pages/answer-page';
import type { World } from '../world';
import { answerApi } from './answer-api';

const MAX_BODY_CHARS = 256 * 1_024;

export function createHandler(world: World, secretKey: string) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    void answer(request).then(
      ({ status, headers, body }) => {
        response.writeHead(status, headers);
        response.end(body);
      },
      (error: unknown) => {
        console.error(error);
        response.writeHead(500, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify({ error: { type: 'api_error', message: 'The stand-in broke down; its output says why.' } }));
      },
    );
  };

  async function answer(request: IncomingMessage) {
    const url = new URL(request.url ?? '/', world.baseUrl);
    const method = request.method ?? 'GET';
    const body = method === 'POST' ? await readBody(request) : '';
    const form = body === '' ? url.searchParams.toString() : body;
    if (!isOurName(request)) return { status: 421, headers: {}, body: 'This address is not mine.' };
    if (url.pathname.startsWith('/v1/')) {
      const headers = {
        authorization: request.headers.authorization,
        'stripe-version': first(request.headers['stripe-version']),
        'idempotency-key': first(request.headers['idempotency-key']),
      };
      return answerApi({ world, routes: ROUTES, secretKey }, { method, path: url.pathname, form, headers });
    }
    if (method === 'POST' && !isOurForm(request)) return { status: 403, headers: {}, body: 'This form is not mine.' };
    return answerPage(world, { method, path: url.pathname, form: new URLSearchParams(form) });
  }

  function isOurName({ headers: { host } }: IncomingMessage): boolean {
    const { port } = new URL(world.baseUrl);
    return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
  }

  function isOurForm({ headers }: IncomingMessage): boolean {
    return headers.origin === undefined || headers.origin === `http://${headers.host ?? ''}`;
  }
}

const first = (header: string | string[] | undefined): string | undefined => (Array.isArray(header) ? header[0] : header);

async function readBody(request: IncomingMessage): Promise<string> {
  request.setEncoding('utf8');
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > MAX_BODY_CHARS) throw new Error('a body that is too large');
  }
  return body;
}
