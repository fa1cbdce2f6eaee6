import { request, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { clientKeyOf } from '@/lib/platform/http/client-address';
import { consumeRateLimit } from '@/lib/platform/rate-limits';
import { useTestDatabase } from '@/tests/database/use-test-database';
import type { BodyTimes } from './slow-bodies';
import { createWebServer, type WebServer } from './web-server';

useTestDatabase();

let running: WebServer | undefined;
afterEach(() => running?.stop(0));

async function serve(
  handle: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>,
  trustedProxyHops = 0,
  address = '127.0.0.1',
  bodyTimes?: BodyTimes,
): Promise<number> {
  running = createWebServer({
    handle: async (req, res) => handle(req, res),
    trustedProxyHops,
    publicUrl: 'https://app.example',
    ...(bodyTimes && { bodyTimes }),
  });
  const { server } = running;
  await new Promise<void>((done) => server.listen(0, address, done));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  return bound.port;
}

function get(
  port: number,
  headers: Record<string, string | string[]> = {},
  host = '127.0.0.1',
): Promise<{ status: number; headers: IncomingHttpHeaders; body: string }> {
  return new Promise((done, failed) => {
    const sent = request({ host, port, headers, agent: false }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (part: string) => (body += part));
      answer.on('end', () => done({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    });
    sent.on('error', failed).end();
  });
}

const FORGED = {
  'x-forwarded-for': '203.0.113.1',
  'X-Forwarded-Host': 'evil.example',
  'x-forwarded-proto': 'https',
  forwarded: 'for=203.0.113.1',
  'x-real-ip': '203.0.113.1',
  'x-client-address': '203.0.113.1',
  'x-local-request': '1',
  'cf-connecting-ip': '203.0.113.1',
  'true-client-ip': '203.0.113.1',
  'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy',
  'x-nonce': 'known',
  'x-current-path': '//evil.example',
  'content-security-policy': "script-src 'nonce-known'",
};

const echoSchema = z.object({ headers: z.record(z.string(), z.string()), raw: z.array(z.string()) });
const echoed = (body: string) => echoSchema.parse(JSON.parse(body));
const echo = (req: IncomingMessage, res: ServerResponse) =>
  void res.end(JSON.stringify({ headers: req.headers, raw: req.rawHeaders }));

test('a call in another service’s form may have extra slashes, and ZeroBounce’s capital letters; a page may not', async () => {
  const port = await serve((req, res) => void res.end(req.url));
  const asked = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  expect(await asked('/compat/kickbox//v2/verify/?email=a//b/')).toBe('/compat/kickbox/v2/verify?email=a//b/');
  expect(await asked('//compat/reacher/v0/check_email/')).toBe('/compat/reacher/v0/check_email');
  expect(await asked('/compat/zerobounce/v2/sendFile?api_key=Ab')).toBe('/compat/zerobounce/v2/sendfile?api_key=Ab');
  expect(await asked('/compat/reacher/v1/bulk/lst_AB')).toBe('/compat/reacher/v1/bulk/lst_AB');
  expect(await asked('/pricing//')).toBe('/pricing//');
});

test('the API has a short address and a long one, for every client’s way to join a base and a path', async () => {
  const port = await serve((req, res) => void res.end(req.url));
  const asked = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  expect(await asked('/v1/verify/single?a=/v1/')).toBe('/api/v1/verify/single?a=/v1/');
  expect(await asked('/api/v1/verify/single')).toBe('/api/v1/verify/single');
  expect(await asked('//v1//lists/?limit=2')).toBe('/api/v1/lists?limit=2');
  expect(await asked('/v1')).toBe('/api/v1');
  expect(await asked('/v1?a')).toBe('/api/v1?a');
  expect(await asked('/v1x/lists/')).toBe('/v1x/lists/');
});

test('no claim of a client about itself gets through; its address is the socket’s', async () => {
  const port = await serve(echo);
  const seen = echoed((await get(port, { ...FORGED, 'user-agent': 'kept' })).body);
  expect(seen.headers).toMatchObject({ 'x-client-address': '127.0.0.1', 'x-forwarded-for': '127.0.0.1', 'user-agent': 'kept' });
  expect(Object.keys(seen.headers).toSorted()).toEqual([
    'connection',
    'host',
    'user-agent',
    'x-client-address',
    'x-forwarded-for',
  ]);
  expect(seen.raw.join('\n')).not.toMatch(/203\.0\.113|evil|known|middleware/);
});

test('behind one trusted proxy, the address is what the proxy saw, and the public name comes from the settings', async () => {
  const port = await serve(echo, 1);
  const { headers } = echoed((await get(port, { ...FORGED, 'x-forwarded-for': '1.1.1.1, 198.51.100.7' })).body);
  expect(headers).toMatchObject({
    'x-client-address': '198.51.100.7',
    'x-forwarded-host': 'app.example',
    'x-forwarded-proto': 'https',
  });
});

test('a request from this machine is marked as local', async () => {
  const port = await serve(echo);
  expect(echoed((await get(port)).body).headers).toMatchObject({ 'x-local-request': '1' });
});

test.each([
  ['x-forwarded-for', '127.0.0.1'],
  ['X-Forwarded-Proto', 'https'],
  ['Forwarded', 'for=127.0.0.1'],
  ['Via', '1.1 proxy'],
  ['X-Real-IP', '127.0.0.1'],
  ['CF-Ray', '1'],
  ['CDN-Loop', 'cloudflare'],
  ['X-Amzn-Trace-Id', 'Root=1'],
])('a request that a proxy passed on (%s) is not marked, even where it claims the mark', async (name, value) => {
  for (const hops of [0, 1]) {
    const port = await serve(echo, hops);
    const { headers } = echoed((await get(port, { [name]: value, 'x-local-request': '1', host: 'localhost' })).body);
    expect(headers).not.toHaveProperty('x-local-request');
    await running?.stop(0);
  }
});

test('a request by HTTP/1.0, as proxies make it, is not marked', async () => {
  const port = await serve(echo);
  const answer = await new Promise<string>((done, failed) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.0\r\nHost: localhost\r\n\r\n'));
    let heard = '';
    socket.setEncoding('utf8').on('data', (part: string) => (heard += part));
    socket.on('end', () => done(heard)).on('error', failed);
  });
  expect(answer).toContain('"x-client-address":"127.0.0.1"');
  expect(answer).not.toContain('x-local-request');
});

test('a request from another machine is not marked', async () => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
  if (outside === undefined) return;
  const port = await serve(echo, 0, '0.0.0.0');
  const { headers } = echoed((await get(port, { host: 'localhost' }, outside)).body);
  expect(headers).toMatchObject({ 'x-client-address': outside });
  expect(headers).not.toHaveProperty('x-local-request');
});

test('a forged header changes no limit', async () => {
  const port = await serve(async (req, res) => {
    const key = clientKeyOf(
      new Headers(Object.fromEntries(Object.entries(req.headers).map(([name, value]) => [name, String(value)]))),
    );
    const state = await consumeRateLimit(`forged:${key}`, { points: 3, durationS: 60 });
    res.writeHead(state.allowed ? 200 : 429).end();
  });
  const statuses: number[] = [];
  for (const last of [1, 2, 3, 4, 5]) {
    const claim = `203.0.113.${last}`;
    statuses.push(
      (await get(port, { 'x-forwarded-for': claim, 'x-real-ip': claim, forwarded: `for=${claim}`, 'x-client-address': claim }))
        .status,
    );
  }
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
});

test('every answer carries the headers that keep browsers strict', async () => {
  const port = await serve((_req, res) => void res.end('x'));
  const { headers } = await get(port);
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
  expect(headers['strict-transport-security']).toContain('max-age=');
});

test.each([
  ['http://evil.example/dashboard?x=1', '/dashboard?x=1'],
  ['http://evil.example', '/'],
  ['/path?next=http://evil.example/', '/path?next=http://evil.example/'],
])('the target %s is read as %s: a host in it leads nowhere', async (target, path) => {
  const port = await serve((req, res) => void res.end(req.url));
  const answer = await new Promise<string>((done, failed) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`),
    );
    let heard = '';
    socket.setEncoding('utf8').on('data', (part: string) => (heard += part));
    socket.on('end', () => done(heard)).on('error', failed);
  });
  expect(answer.split('\r\n\r\n')[1]).toBe(path);
});

test('a request head never takes longer than the limit', async () => {
  await serve(echo);
  expect(running?.server.headersTimeout).toBe(15_000);
});

describe('a slow body', () => {
  const TIMES: BodyTimes = { wholeMs: 500, idleMs: 2_000 };
  const drain = async (req: IncomingMessage, res: ServerResponse) => {
    let size = 0;
    for await (const part of req) if (part instanceof Uint8Array) size += part.byteLength;
    res.end(String(size));
  };
  /** Sends a byte now and then for longer than a whole request may take, then the rest, or nothing more. */
  function trickle(port: number, path: string, { isWhole }: { isWhole: boolean }): Promise<string> {
    return new Promise((done) => {
      const socket = connect(port, '127.0.0.1');
      const until = Date.now() + 2 * TIMES.wholeMs;
      let heard = '';
      let left = 60;
      const send = setInterval(() => {
        const isTrickling = Date.now() < until && left > 1;
        const bytes = isTrickling ? 1 : isWhole ? left : 0;
        socket.write('x'.repeat(bytes));
        left -= bytes;
        if (!isTrickling) clearInterval(send);
      }, 50);
      socket.on('data', (part) => (heard += part.toString()));
      socket.on('error', () => undefined);
      socket.on('close', () => {
        clearInterval(send);
        done(heard);
      });
      socket.write(`POST ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 60\r\n\r\n`);
    });
  }

  test.each(['/v1/lists', '/api/v1/lists', '/api/lists/lst_1/parts/2'])(
    '%s takes a file as long as bytes keep coming',
    async (path) => {
      const port = await serve(drain, 0, '127.0.0.1', TIMES);
      expect(await trickle(port, path, { isWhole: true })).toMatch(/^HTTP\/1\.1 200 .*\r\n\r\n60$/s);
    },
  );

  test.each(['/v1/lists/lst_1/start', '/v1/verify/batch', '/v1/listsx'])(
    '%s is cut off after the time of a request',
    async (path) => {
      const port = await serve(drain, 0, '127.0.0.1', TIMES);
      expect(await trickle(port, path, { isWhole: true })).toMatch(/^HTTP\/1\.1 408 /);
    },
  );

  test('a file upload that stalls is cut off', async () => {
    const port = await serve(drain, 0, '127.0.0.1', TIMES);
    expect(await trickle(port, '/v1/lists', { isWhole: false })).toMatch(/^HTTP\/1\.1 408 /);
  });
});

test('on stop, live streams end at once and new connections are refused', async () => {
  const port = await serve((_req, res) => void res.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n'));
  const stream = connect(port, '127.0.0.1');
  await new Promise<void>((done) => {
    stream.once('data', () => done());
    stream.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  });
  const closed = new Promise<void>((done) => stream.once('close', () => done()));
  await running?.stop(60_000);
  stream.destroy();
  await closed;
  await expect(get(port)).rejects.toThrow();
});

test('an ordinary answer under way is finished before the server ends', async () => {
  let finish: () => void = () => undefined;
  let begun: () => void = () => undefined;
  const started = new Promise<void>((done) => (begun = done));
  const port = await serve((_req, res) => {
    finish = () => void res.end('whole');
    begun();
  });
  const answer = get(port);
  await started;
  const stopped = running?.stop(60_000);
  finish();
  expect((await answer).body).toBe('whole');
  await stopped;
});
