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

/** What comes back on a socket for what is written to it, until it is closed. */
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

  test('of the size that is allowed is read', async () => {
    expect(await speak(await serve(), headOf(REQUEST_HEAD_MAX_BYTES))).toMatch(/^HTTP\/1\.1 200 /);
  });

  // Node does not count what is between the names and the values.
  test.each([REQUEST_HEAD_MAX_BYTES + 64, 10 * REQUEST_HEAD_MAX_BYTES, 500 * REQUEST_HEAD_MAX_BYTES])(
    '431: of %i bytes is a problem, with the headers of every answer',
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

  test('431: a client that goes on sending is not listened to for long', async () => {
    const port = await serve();
    // Half open: it does not end its side when the server ends the other.
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () =>
      socket.write(headOf(2 * REQUEST_HEAD_MAX_BYTES)),
    );
    const more = setInterval(() => socket.write('x'), 100);
    socket.on('data', () => undefined).on('error', () => undefined);
    await new Promise<void>((done) => socket.once('close', () => done()));
    clearInterval(more);
    await expect.poll(() => connectionsOf(running)).toBe(0);
  });

  test('400: that is no HTTP is a problem', async () => {
    const answer = await speak(await serve(), 'nonsense\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json\r\n/);
    expect(answer).toContain('"code":"invalid_request"');
  });

  test('what can not be read behind an answer that has begun does not get into it', async () => {
    const port = await serve(async (_, res) => void res.writeHead(200, { 'content-length': 4 }).write('ab'));
    const answer = await speak(port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\nnonsense\r\n\r\n').catch(() => 'cut off');
    expect(answer).not.toContain('400');
  });
});

const connectionsOf = (web: WebServer | undefined): Promise<number> =>
  new Promise((done, failed) => web?.server.getConnections((error, count) => (error ? failed(error) : done(count))));

test('400: a path whose percent-encoding is broken is a problem, not a failure of ours', async () => {
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
