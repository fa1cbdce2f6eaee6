// The HTTP server in front of Next. Guarantees: no header in which a client claims who or where it is gets through (Next keeps an
// X-Forwarded-For that it finds). The client's address, from the socket or the trusted proxies, is in one header of our own. A slow or
// endless request head is cut off. On stop, live streams end immediately and other answers get a few seconds.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { CLIENT_ADDRESS_HEADER, LOCAL_REQUEST_HEADER, resolveClientAddress } from '@/lib/platform/http/client-address';
import { REQUEST_HEAD_MAX_BYTES } from '@/lib/platform/limits';
import { isLoopbackAddress } from '@/lib/platform/env';
import { refuse, refuseUnread, strictHeaders } from './refusals';
import { BODY_TIMES, boundBody, type BodyTimes } from './slow-bodies';

export interface WebServerOptions {
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Next's hot reload in development. */
  upgrade?: ((request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>) | undefined;
  trustedProxyHops: number;
  /** APP_URL: what we tell Next about the public side when proxies stand in front. */
  publicUrl: string;
  /** Shorter in tests. */
  bodyTimes?: BodyTimes;
}

export interface WebServer {
  server: Server;
  /** Accepts no new connections, ends streams, and resolves when all are closed, at the latest after `graceMs`. */
  /** Longer than the idle timeout of common proxies, so that they close first. */
  stop: (graceMs: number) => Promise<void>;
}

const LIMITS = {
  headersTimeout: 15_000,
  /** Node's own timeout would end uploads over slow connections; `boundBody` tells them apart. */
  requestTimeout: 0,
  /** Longer than the idle time of common proxies, so that they close first. */
  keepAliveTimeout: 65_000,
  maxHeaderSize: REQUEST_HEAD_MAX_BYTES,
} as const;

/** Headers that make claims about the client, and headers that Next or our own pages use internally. */
const CLAIMED =
  /^(?:x-forwarded(?:-.*)?|forwarded|x-real-ip|x-client-ip|x-cluster-client-ip|true-client-ip|cf-connecting-ip|fastly-client-ip|x-client-address|x-local-request|x-nonce|x-current-path|x-middleware-.*|x-invoke-.*|x-matched-path|x-now-.*|x-vercel-.*|content-security-policy)$/i;

/** Headers that proxies, tunnels and CDNs add to the requests that they pass on. */
const PROXY_TRACE =
  /^(?:x-forwarded(?:-.*)?|forwarded|via|x-real-ip|x-client-ip|x-cluster-client-ip|x-original-.*|x-proxy.*|x-envoy-.*|x-amzn-.*|x-azure-.*|x-arr-.*|true-client-ip|cf-.*|cdn-loop|fastly-.*|fly-.*)$/i;

/** Next answers 500 to TRACE and to other methods that Node accepts. */
const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

export function createWebServer(options: WebServerOptions): WebServer {
  const open = new Set<ServerResponse>();
  const server = createServer(LIMITS, (request, response) => {
    open.add(response);
    response.once('close', () => open.delete(response));
    boundBody(request, options.bodyTimes ?? BODY_TIMES);
    dressRequest(request, options);
    // Pages add their content security policy.
    for (const [name, value] of Object.entries(strictHeaders(options.publicUrl))) response.setHeader(name, value);
    if (!METHODS.includes(request.method ?? '')) {
      response.setHeader('Allow', METHODS.join(', '));
      return refuse(response, 'method_not_allowed', 'Nothing here knows this method.');
    }
    if (!isReadable(request.url ?? '/'))
      return refuse(response, 'invalid_request', 'The path is not valid: its percent-encoding is broken.');
    options.handle(request, response).catch(() => response.destroy());
  });
  server.on('clientError', (error, socket) => {
    const isAnswering = [...open].some((response) => response.socket === socket && response.headersSent);
    if (isAnswering) return socket.destroy(error);
    return refuseUnread(error, socket, options.publicUrl);
  });
  server.on('upgrade', (request, socket, head) => {
    dressRequest(request, options);
    if (options.upgrade === undefined) return socket.destroy();
    options.upgrade(request, socket, head).catch(() => socket.destroy());
    return undefined;
  });
  return { server, stop: (graceMs) => stopServer(server, open, graceMs) };
}

/** Whether the path's percent-encoding can be decoded (RFC 3986 2.1); Next answers 500 if it can't. */
function isReadable(url: string): boolean {
  try {
    decodeURIComponent(url.split(/[?#]/, 1)[0] ?? '');
    return true;
  } catch {
    return false;
  }
}

function dressRequest(request: IncomingMessage, { trustedProxyHops, publicUrl }: WebServerOptions): void {
  // RFC 9112 3.2.2: a request target may name a host, and Next would redirect the client to it.
  request.url = asTheyMeanIt(request.url?.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/^(?=[?#]|$)/, '/') ?? '/');
  const forwardedFor = headerLine(request.headers['x-forwarded-for']);
  const address = resolveClientAddress({ socketAddress: request.socket.remoteAddress, forwardedFor, trustedProxyHops });
  const own: Record<string, string> = { [CLIENT_ADDRESS_HEADER]: address, 'x-forwarded-for': address };
  if (isLocalRequest(request)) own[LOCAL_REQUEST_HEADER] = '1';
  if (trustedProxyHops > 0) {
    // The proxy may reach us under another name and without TLS. The public name comes from the settings, not from the client.
    const url = new URL(publicUrl);
    Object.assign(own, { 'x-forwarded-host': url.host, 'x-forwarded-proto': url.protocol.slice(0, -1) });
  }
  const kept: string[] = [];
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const [name = '', value = ''] = request.rawHeaders.slice(index, index + 2);
    if (!CLAIMED.test(name)) kept.push(name, value);
  }
  request.headers = { ...Object.fromEntries(Object.entries(request.headers).filter(([name]) => !CLAIMED.test(name))), ...own };
  request.rawHeaders = [...kept, ...Object.entries(own).flat()];
}

/**
 * The path as the app knows it. Clients of other services join a base and a path in any way. Next would answer 308, which many clients
 * don't follow with a body, so the paths of calls are normalized here. A page keeps one address. ZeroBounce's PHP client writes `sendFile`,
 * its other clients `sendfile`. The API's short address is resolved here too: as a rewrite of Next, it would cost each call more.
 */
function asTheyMeanIt(url: string): string {
  if (!/^\/+(?:compat|(?:api\/+)?v1)(?:[/?#]|$)/.test(url)) return url;
  const [path = ''] = url.split(/[?#]/, 1);
  const clean = path
    .replaceAll(/\/{2,}/g, '/')
    .replace(/\/$/, '')
    .replace(/^\/v1/, '/api/v1');
  return (clean.startsWith('/compat/zerobounce/') ? clean.toLowerCase() : clean) + url.slice(path.length);
}

/** nginx speaks HTTP/1.0 to its upstreams unless configured otherwise; no browser does. */
function isLocalRequest({ socket, headers, httpVersion }: IncomingMessage): boolean {
  if (!isLoopbackAddress(socket.remoteAddress ?? '') || httpVersion === '1.0') return false;
  return !Object.keys(headers).some((name) => PROXY_TRACE.test(name));
}

const headerLine = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value.join(',') : value);

function stopServer(server: Server, open: ReadonlySet<ServerResponse>, graceMs: number): Promise<void> {
  return new Promise((done) => {
    const force = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(force);
      done();
    });
    server.closeIdleConnections();
    for (const response of open) {
      if (String(response.getHeader('content-type')).startsWith('text/event-stream')) response.socket?.destroySoon();
      else response.shouldKeepAlive = false;
    }
  });
}
