// What a POST call of the API answers is sent as one piece, and every other answer as it is made.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { withWholeAnswers } from './whole-answers';

let server: Server;
afterEach(() => new Promise((done) => server.close(done)));

/** Answers as Next does: the head apart, then piece by piece with pauses, and done when all of it is sent. */
async function next(request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.statusCode = 202;
  response.setHeader('Content-Type', 'application/json');
  response.setHeader('X-Encoding-Seen', String(request.headers['accept-encoding']));
  response.flushHeaders();
  response.write('{"id":');
  await sleep(5);
  response.write('"Größe"}');
  await sleep(5);
  response.end();
  if (!response.destroyed) await new Promise((done) => response.once('close', done));
}

async function listen(handle: typeof next): Promise<number> {
  const whole = withWholeAnswers(handle);
  server = createServer((request, response) => void whole(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

/** Everything that comes over the connection, part by part as it arrives. */
function partsOf(port: number, method: string, path: string): Promise<string[]> {
  return new Promise((done, failed) => {
    const parts: string[] = [];
    const socket = connect(port, '127.0.0.1').setNoDelay();
    socket.on('data', (part) => parts.push(part.toString())).on('error', failed);
    socket.on('close', () => done(parts));
    socket.write(`${method} ${path} HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n`);
  });
}

it.each(['/api/v1/verify/single', '/compat/emailable/v1/batch?x=1'])('POST %s is answered in one piece', async (path) => {
  const parts = await partsOf(await listen(next), 'POST', path);
  expect(parts).toHaveLength(1);
  const [head = '', body] = (parts[0] ?? '').split('\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1\.1 202 /);
  expect(head).toMatch(/^Content-Length: 16\r?$/m);
  expect(head).not.toMatch(/Transfer-Encoding/i);
  expect(head).toMatch(/X-Encoding-Seen: undefined/);
  expect(body).toBe('{"id":"Größe"}');
});

it.each([
  ['GET', '/api/v1/lists/lst_1/results'],
  ['GET', '/api/v1/lists/lst_1/events'],
  ['POST', '/verify'],
  ['POST', '/mcp'],
])('%s %s is sent as it is made', async (method, path) => {
  const parts = await partsOf(await listen(next), method, path);
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.join('')).toMatch(/X-Encoding-Seen: gzip/);
});

it('an answer without a body has none', async () => {
  const handle = (_: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.writeHead(204).end();
    return Promise.resolve();
  };
  const parts = await partsOf(await listen(handle), 'POST', '/api/v1/lists/lst_1/pause');
  expect(parts.join('')).toMatch(/^HTTP\/1\.1 204 [^]*\r\n\r\n$/);
  expect(parts.join('')).not.toMatch(/Content-Length|Transfer-Encoding/i);
});

it('a client that hangs up leaves nothing behind', async () => {
  let isSettled = (): void => undefined;
  const settled = new Promise<void>((done) => (isSettled = done));
  const whole = withWholeAnswers(next);
  server = createServer((request, response) => void whole(request, response).then(isSettled));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1', () => {
    socket.write('POST /api/v1/verify/single HTTP/1.1\r\nHost: a\r\n\r\n', () => socket.destroy());
  });
  await settled;
});
