// Serves routes of the app on a real socket, for programs that run outside this process: a shell, a sheet's script.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll } from 'vitest';

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
/** By path, in which `{id}` matches any one segment. */
export type Routes = Readonly<Record<string, Readonly<Record<string, Handler | undefined>>>>;

const parts = (path: string): readonly string[] => path.split('/');

function matchPath(pattern: string, path: string): Record<string, string> | null {
  const [wanted, given] = [parts(pattern), parts(path)];
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const word = given[index] ?? '';
    if (part.startsWith('{')) params[part.slice(1, -1)] = word;
    else if (part !== word) return null;
  }
  return params;
}

async function serve(routes: Routes, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { method = 'GET', headers: sent } = incoming;
  const url = new URL(incoming.url ?? '/', `http://${sent.host}`);
  const found = Object.entries(routes).find(([pattern]) => matchPath(pattern, url.pathname) !== null);
  const handler = found?.[1][method];
  if (found === undefined || handler === undefined) {
    outgoing.writeHead(404).end();
    return;
  }
  const headers = new Headers(Object.entries(sent).map(([name, value]): [string, string] => [name, String(value)]));
  // Adds and removes the headers that the web server does.
  headers.set('x-client-address', '192.0.2.1');
  headers.delete('expect');
  const sentBody = await buffer(incoming);
  const request = new Request(url, { method, headers, ...(sentBody.length > 0 && { body: new Uint8Array(sentBody) }) });
  const response = await handler(request, { params: Promise.resolve(matchPath(found[0], url.pathname) ?? {}) });
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

/** `url` gives the address once the tests run. */
export function useRouteServer(routes: Routes): { url: () => string } {
  const server = createServer((incoming, outgoing) => {
    serve(routes, incoming, outgoing).catch((error: unknown) => {
      console.error(error);
      outgoing.destroy();
    });
  });
  beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)));
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    url: () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('the server does not listen');
      return `http://127.0.0.1:${address.port}`;
    },
  };
}
