import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { problemSchema } from '@/lib/platform/http/problem';
import { REQUEST_HEAD_MAX_BYTES } from '@/lib/platform/limits';
import { createWebServer, type WebServer, type WebServerOptions } from './web-server';

let running: WebServer | undefined;
afterEach(() => running?.stop(0));

const echo: WebServerOptions['handle'] = async (_, response) => void response.end('served');

async function serve(handle: WebServerOptions['handle'] = echo): Promise<number> {
  running = createWebServer({ handle, trustedProxyHops: 0, publicUrl: 'https://app.example' });
  const { server } = running;
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  return bound.port;
}

/** Writes the text to a socket and returns what comes back until it is closed. */
const speak = (port: number, text: string): Promise<string> =>
  new Promise((done, failed) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let heard = '';
    socket.setEncoding('utf8').on('data', (part: string) => (heard += part));
    socket.on('error', failed).on('close', () => done(heard));
  });

describe('a request head', () => {
  const headOf = (bytes: number): string => {
    const start = 'GET /v1/credits HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Big: ';
    return `${start}${'a'.repeat(bytes - start.length - 4)}\r\n\r\n`;
  };

  test('of the maximum size is read', async () => {
    expect(await speak(await serve(), headOf(REQUEST_HEAD_MAX_BYTES))).toMatch(/^HTTP\/1\.1 200 /);
  });

  // Node does not count the bytes between names and values.
  test.each([REQUEST_HEAD_MAX_BYTES + 64, 10 * REQUEST_HEAD_MAX_BYTES, 500 * REQUEST_HEAD_MAX_BYTES])(
    '431: of %i bytes is refused with a problem document and the usual headers',
    async (bytes) => {
      const [head = '', body = ''] = (await speak(await serve(), headOf(bytes))).split('\r\n\r\n');
      expect(head).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/);
      for (const line of [
        'Content-Type: application/problem+json',
        'Cache-Control: no-store',
        'X-Frame-Options: DENY',
        'Strict-Transport-Security: max-age=31536000; includeSubDomains',
        `Content-Length: ${Buffer.byteLength(body)}`,
        'Connection: close',
      ])
        expect(head.split('\r\n')).toContain(line);
      const problem = problemSchema.parse(JSON.parse(body));
      expect(problem).toMatchObject({ status: 431, code: 'head_too_large' });
      expect(head).toContain(`X-Request-Id: ${problem.request_id}`);
    },
  );

  test('431: a client that goes on sending is cut off soon', async () => {
    const port = await serve();
    // Half open: the client does not close its side when the server closes the other.
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () =>
      socket.write(headOf(2 * REQUEST_HEAD_MAX_BYTES)),
    );
    const more = setInterval(() => socket.write('x'), 100);
    socket.on('data', () => undefined).on('error', () => undefined);
    await new Promise<void>((done) => socket.once('close', () => done()));
    clearInterval(more);
    await expect.poll(() => connectionsOf(running)).toBe(0);
  });

  test('400: that is not HTTP is refused with a problem document', async () => {
    const answer = await speak(await serve(), 'nonsense\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json\r\n/);
    expect(answer).toContain('"code":"invalid_request"');
  });

  test('an unreadable request after an answer has begun does not corrupt that answer', async () => {
    const port = await serve(async (_, res) => void res.writeHead(200, { 'content-length': 4 }).write('ab'));
    const answer = await speak(port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\nnonsense\r\n\r\n').catch(() => 'cut off');
    expect(answer).not.toContain('400');
  });
});

const connectionsOf = (web: WebServer | undefined): Promise<number> =>
  new Promise((done, failed) => web?.server.getConnections((error, count) => (error ? failed(error) : done(count))));

test('400: a path whose percent-encoding is broken is refused with a problem document, not a 500', async () => {
  const port = await serve();
  const ask = (path: string) => speak(port, `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
  const refused = await ask('/v1/lists/%E0%A4%A');
  expect(refused).toMatch(/^HTTP\/1\.1 400 /);
  expect(refused).toContain('application/problem+json');
  expect(refused).toMatch(/"code":"invalid_request","request_id":"req_\w+"/);
  expect(await ask('/v1/lists/%E2%82%AC?q=%')).toMatch(/^HTTP\/1\.1 200 /);
});

test.each(['TRACE', 'PROPFIND', 'PURGE'])('405: %s is told which methods there are', async (method) => {
  const port = await serve();
  const answer = await new Promise<{ status: number; allow: string; body: string }>((done, failed) => {
    const sent = request({ host: '127.0.0.1', port, method, path: '/v1/credits', agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => (body += part));
      response.on('end', () => done({ status: response.statusCode ?? 0, allow: response.headers.allow ?? '', body }));
    });
    sent.on('error', failed).end();
  });
  expect(answer.status).toBe(405);
  expect(answer.allow).toContain('POST');
  expect(JSON.parse(answer.body)).toMatchObject({ status: 405, code: 'method_not_allowed' });
});
