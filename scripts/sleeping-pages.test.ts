// Pages of text are sent without scripts that load by themselves, and nothing else is changed on its way.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { withSleepingPages } from './sleeping-pages';

const HEAD =
  '<link rel="preload" as="script" fetchPriority="low" nonce="n" href="/_next/static/chunks/main.js"/><link rel="stylesheet" href="/_next/static/a.css"/>';
const SCRIPTS =
  '<script src="/_next/static/chunks/a.js" async="" nonce="n"></script><script src="/_next/static/chunks/main.js" id="_R_" nonce="n" async=""></script>';
const KEPT = '<script src="/_next/static/chunks/old.js" noModule="" nonce="n"></script><script>inline()</script>';
const PAGE = `<html><head>${HEAD}</head><body>${SCRIPTS}${KEPT}<p>Größe</p></body></html>`;

let server: Server;
afterEach(() => new Promise((done) => server.close(done)));

/** Answers as Next does: head first, then piece by piece, a letter torn in the middle, and done when all of it is sent. */
const next =
  (type: string, status: number) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('Content-Type', type);
    response.setHeader('X-Encoding-Seen', String(request.headers['accept-encoding']));
    response.writeHead(status, { 'X-Head': 'late' });
    response.flushHeaders();
    const bytes = Buffer.from(PAGE);
    const torn = bytes.indexOf('ö') + 1;
    response.write(bytes.subarray(0, torn));
    response.end(bytes.subarray(torn));
    await new Promise((done) => response.once('finish', done));
  };

async function ask(path: string, { type = 'text/html; charset=utf-8', encoding = 'identity', status = 200 } = {}) {
  const handle = withSleepingPages(next(type, status));
  server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return fetch(`http://127.0.0.1:${port}${path}`, { headers: { 'accept-encoding': encoding } });
}

it.each(['/', '/pricing?interval=year', '/docs', '/docs/api/lists', '/learn/smtp-verification', '/developers'])(
  '%s names its scripts and loads none',
  async (path) => {
    const answer = await ask(path);
    const html = await answer.text();
    expect(html).toBe(
      `<html><head><link rel="stylesheet" href="/_next/static/a.css"/></head><body><script data-asleep="/_next/static/chunks/a.js" async="" nonce="n"></script><script data-asleep="/_next/static/chunks/main.js" id="_R_" nonce="n" async=""></script>${KEPT}<p>Größe</p></body></html>`,
    );
    expect(answer.headers.get('x-head')).toBe('late');
    expect(answer.headers.get('vary')).toBe('Accept-Encoding');
    expect(Number(answer.headers.get('content-length'))).toBe(Buffer.byteLength(html));
  },
);

it.each(['/dashboard', '/signin', '/check/ver_1', '/pricing/other', '/docsx'])('%s is sent as it is made', async (path) => {
  expect(await (await ask(path)).text()).toBe(PAGE);
});

it.each([404, 500])('an error with %i is sent as it is made: React draws it', async (status) => {
  const answer = await ask('/learn/none', { status });
  expect(answer.status).toBe(status);
  expect(await answer.text()).toBe(PAGE);
});

it('leaves what is no page of HTML alone', async () => {
  const answer = await ask('/', { type: 'text/x-component' });
  expect(await answer.text()).toBe(PAGE);
  expect(answer.headers.get('x-head')).toBe('late');
});

it.each([
  ['br', 'gzip, deflate, br, zstd'],
  ['gzip', 'gzip, deflate'],
])('is compressed with %s for who reads it, by us and not by Next', async (name, encoding) => {
  const answer = await ask('/', { encoding });
  expect(answer.headers.get('content-encoding')).toBe(name);
  expect(answer.headers.get('x-encoding-seen')).toBe('undefined');
  expect(await answer.text()).toContain('data-asleep');
  expect(Number(answer.headers.get('content-length'))).toBeLessThan(PAGE.length);
});
