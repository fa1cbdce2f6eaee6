// For tests only: serves routes behind the product's own web server on a real socket, for clients that are separate programs. What Next
// does in between (finding the route, the parameters of its path) is done here. The journeys test the whole product.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createWebServer } from '@/scripts/web-server';

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

/** By path, such as `/v1/lists/[id]`; each has the methods that its file exports. */
export type Routes = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface Served {
  url: string;
  close: () => Promise<void>;
}

const isHandler = (value: unknown): value is Handler => typeof value === 'function';

export async function serve(routes: Routes): Promise<Served> {
  const { server, stop } = createWebServer({
    handle: (request, response) => answer(routes, request, response),
    trustedProxyHops: 0,
    publicUrl: 'http://localhost:3000',
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => stop(0) };
}

async function answer(routes: Routes, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { method = 'GET', url = '/' } = incoming;
  const address = new URL(url, 'http://localhost:3000');
  // The web server has resolved the API's short address.
  const found = findRoute(routes, address.pathname.replace(/^\/api(?=\/v1\/)/, ''));
  const handler = found?.route[method];
  if (found === null || !isHandler(handler)) return void outgoing.writeHead(404).end();
  const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]);
  const body = ['GET', 'HEAD'].includes(method) ? {} : { body: new Uint8Array(await buffer(incoming)) };
  const request = new Request(address, { method, headers, ...body });
  const response = await handler(request, { params: Promise.resolve(found.params) });
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body === null) return void outgoing.end();
  return pipeline(Readable.from(read(response.body)), outgoing);
}

async function* read(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
}

function findRoute(routes: Routes, path: string) {
  for (const [pattern, route] of Object.entries(routes)) {
    const names = [...pattern.matchAll(/\[(\w+)\]/g)].map(([, name = '']) => name);
    const match = new RegExp(`^${pattern.replaceAll(/\[\w+\]/g, '([^/]+)')}$`).exec(path);
    if (match)
      return { route, params: Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(match[at + 1] ?? '')])) };
  }
  return null;
}
