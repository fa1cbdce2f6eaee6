// The routes of /compat/ on real sockets, as the services' clients reach them: over HTTP, and over HTTPS with an untrusted certificate.
// Next's own server is not in between.
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { afterAll, beforeAll } from 'vitest';
import { z } from 'zod';
import { createSelfSignedCertificate } from '@/simulators/mail/self-signed-certificate';

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
const isHandler = (value: unknown): value is Handler => typeof value === 'function';
const Exports = z.record(z.string(), z.unknown());

async function answer(message: IncomingMessage): Promise<Response> {
  const url = new URL(message.url ?? '/', 'http://localhost');
  const method = message.method ?? 'GET';
  const found = Exports.parse({ ...(await import(/* @vite-ignore */ `../../app${url.pathname}/route.ts`)) });
  const handler = found[method];
  if (!isHandler(handler)) throw new Error(`nothing answers ${method} ${url.pathname}`);
  const headers = new Headers({ 'x-client-address': '192.0.2.1' });
  for (const [name, value] of Object.entries(message.headers)) if (typeof value === 'string') headers.set(name, value);
  const body = method === 'GET' ? null : Buffer.concat(z.array(z.instanceof(Buffer)).parse(await message.toArray()));
  return handler(new Request(url, { method, headers, body }), { params: Promise.resolve({}) });
}

const listener: RequestListener = (message, response) => {
  void answer(message)
    .then(async (answered) => {
      response.writeHead(answered.status, Object.fromEntries(answered.headers));
      response.end(Buffer.from(await answered.arrayBuffer()));
    })
    .catch((error: unknown) => response.writeHead(404, { 'content-type': 'text/plain' }).end(String(error)));
};

const Port = z.object({ port: z.int() });

/** The origins of the two servers, once they listen. */
export function useCompatServers(): { http: () => string; https: () => string } {
  const servers = { http: createServer(listener), https: createTlsServer(listener) };
  beforeAll(async () => {
    const { key, cert } = await createSelfSignedCertificate('localhost');
    servers.https.setSecureContext({ key, cert });
    for (const server of Object.values(servers)) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterAll(() => {
    for (const server of Object.values(servers)) server.close();
  });
  const origin = (name: keyof typeof servers) => () => `${name}://127.0.0.1:${Port.parse(servers[name].address()).port}`;
  return { http: origin('http'), https: origin('https') };
}
