// Real sockets on loopback; the test answers name lookups.
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WEBHOOK_ANSWER_KEPT_BYTES, WEBHOOK_ANSWER_MAX_BYTES, WEBHOOK_BODY_MAX_BYTES } from '@/lib/platform/limits';
import type { WebhookRequest } from '@/lib/webhooks/rules';
import { createSelfSignedCertificate } from '@/simulators/mail/self-signed-certificate';
import { createWebhookSender, type WebhookSenderDeps, createTargetGuard } from './sender';

const LOOPBACK = ['127.0.0.0/8', '::1/128'];
const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

interface Seen {
  method: string | undefined;
  path: string | undefined;
  headers: http.IncomingHttpHeaders;
  body: string;
}

async function listen(server: net.Server): Promise<number> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closers.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}

async function receiver(answer: (response: http.ServerResponse) => void = (response) => response.end('ok')) {
  const seen: Seen[] = [];
  const port = await listen(
    http.createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        seen.push({ method: request.method, path: request.url, headers: request.headers, body });
        answer(response);
      });
    }),
  );
  return { port, seen };
}

/** A peer that writes exactly the given bytes and counts its connections. */
async function peer(greet: (socket: net.Socket) => void) {
  const visits = { count: 0 };
  const port = await listen(
    net.createServer((socket) => {
      visits.count += 1;
      socket.on('data', () => undefined);
      greet(socket);
    }),
  );
  return { port, visits };
}

const sender = (more: Partial<WebhookSenderDeps> = {}) =>
  createWebhookSender({
    resolve: () => Promise.resolve(['127.0.0.1']),
    guard: createTargetGuard({ allowedNets: LOOPBACK, isLocal: true }),
    ...more,
  });
const request = (url: string, body = '{"a":1}'): WebhookRequest => ({
  url,
  headers: { 'content-type': 'application/json', 'webhook-id': 'evt_1' },
  body,
});

describe('a delivery', () => {
  it('is a POST of exactly the body, under the name’s own Host', async () => {
    const { port, seen } = await receiver();
    const outcome = await sender()(request(`http://hooks.example.com:${port}/in?x=1`, '{"ü":1}'));
    expect(outcome).toMatchObject({ status: 200, error: null, answer: 'ok' });
    expect(seen).toMatchObject([{ method: 'POST', path: '/in?x=1', body: '{"ü":1}' }]);
    expect(seen[0]?.headers).toMatchObject({
      host: `hooks.example.com:${port}`,
      'webhook-id': 'evt_1',
      'content-type': 'application/json',
      'content-length': '8',
    });
  });

  it('goes over TLS if the certificate is for the name, and not if it is for another', async () => {
    const { key, cert } = await createSelfSignedCertificate('hooks.example.com');
    const port = await listen(https.createServer({ key, cert }, (_, response) => response.end('secure')));
    expect(await sender({ ca: cert })(request(`https://hooks.example.com:${port}/`))).toMatchObject({ status: 200 });
    for (const [url, ca] of [
      [`https://other.example.com:${port}/`, cert],
      [`https://hooks.example.com:${port}/`, undefined],
    ] as const) {
      const deps = ca === undefined ? {} : { ca };
      expect(await sender(deps)(request(url))).toMatchObject({ status: null, error: 'tls_failed' });
    }
  });

  it('tries the next address if the first accepts no connection', async () => {
    const { port } = await receiver();
    const resolve = () => Promise.resolve(['127.0.0.9', '127.0.0.1']);
    expect(await sender({ resolve })(request(`http://two.example.com:${port}/`))).toMatchObject({ status: 200 });
  });

  it.each([301, 302, 303, 307, 308])('follows no redirect: %i', async (status) => {
    const inner = await receiver();
    const { port, seen } = await receiver((response) => {
      response.writeHead(status, { location: `http://127.0.0.1:${inner.port}/secret` }).end();
    });
    expect(await sender()(request(`http://127.0.0.1:${port}/`))).toMatchObject({ status, error: 'redirected' });
    expect([seen.length, inner.seen.length]).toEqual([1, 0]);
  });

  it('over the size limit is not sent; one at the limit is', async () => {
    const { port, seen } = await receiver();
    const send = (bytes: number) => sender()(request(`http://127.0.0.1:${port}/`, 'x'.repeat(bytes)));
    expect(await send(WEBHOOK_BODY_MAX_BYTES + 1)).toMatchObject({ status: null, error: 'payload_too_large' });
    expect(seen).toHaveLength(0);
    expect(await send(WEBHOOK_BODY_MAX_BYTES)).toMatchObject({ status: 200 });
  });
});

describe('a private target', () => {
  const guard = createTargetGuard({ allowedNets: [], isLocal: true });

  it.each([
    ['127.0.0.1'],
    ['10.0.0.1'],
    ['192.168.1.1'],
    ['169.254.169.254'],
    ['::1'],
    ['::ffff:10.0.0.1'],
    ['::ffff:7f00:1'],
    ['64:ff9b::a00:1'],
    ['fd00:ec2::254'],
    ['0.0.0.0'],
  ])('is refused at dial time if a name leads there: %s', async (address) => {
    const { port, visits } = await peer(() => undefined);
    const send = sender({ guard, resolve: () => Promise.resolve([address]) });
    expect(await send(request(`http://innocent.example.com:${port}/`))).toMatchObject({ status: null, error: 'private_address' });
    expect(visits.count).toBe(0);
  });

  it.each(['127.0.0.1', '[::1]', '[::ffff:10.0.0.1]', '2130706433', '0x7f.1', '127.1', '017700000001'])(
    'is refused if it is written into the URL: %s',
    async (host) => {
      const { port, visits } = await peer(() => undefined);
      const resolve = vi.fn(() => Promise.resolve(['192.0.2.1']));
      expect(await sender({ guard, resolve })(request(`http://${host}:${port}/`))).toMatchObject({ error: 'private_address' });
      expect([visits.count, resolve.mock.calls.length]).toEqual([0, 0]);
    },
  );

  it('is refused if only one of several addresses is private', async () => {
    const { port, visits } = await peer(() => undefined);
    const send = sender({ guard, resolve: () => Promise.resolve(['1.1.1.1', '127.0.0.1']) });
    expect(await send(request(`http://both.example.com:${port}/`))).toMatchObject({ error: 'private_address' });
    expect(visits.count).toBe(0);
  });

  it('can’t be slipped in between the check and the connection: a name is asked about once', async () => {
    const { port, seen } = await receiver();
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    const resolve = vi.fn(() => Promise.resolve(answers.shift() ?? []));
    expect(await sender({ resolve })(request(`http://rebind.example.com:${port}/`))).toMatchObject({ status: 200 });
    expect([resolve.mock.calls.length, seen.length]).toEqual([1, 1]);
  });

  it('in an allowed network is dialed, even without TLS; a public one needs TLS', async () => {
    const { port } = await receiver();
    const strict = createTargetGuard({ allowedNets: LOOPBACK, isLocal: false });
    expect(await sender({ guard: strict })(request(`http://inside.example.com:${port}/`))).toMatchObject({ status: 200 });
    const outside = sender({ guard: strict, resolve: () => Promise.resolve(['1.1.1.1']) });
    expect(await outside(request('http://outside.example.com/'))).toMatchObject({ status: null, error: 'https_required' });
  });
});

describe('a bad receiver', () => {
  it('that never answers is given up in time, wherever it stops', async () => {
    const silent = await peer(() => undefined);
    const half = await peer((socket) => socket.write('HTTP/1.1 200 OK\r\nX-A: '));
    const endless = await peer((socket) => {
      const timer = setInterval(() => socket.write('HTTP/1.1 100 Continue\r\n\r\n'), 5);
      socket.on('close', () => clearInterval(timer));
    });
    for (const { port } of [silent, half, endless]) {
      const outcome = await sender({ timeoutMs: 150 })(request(`http://127.0.0.1:${port}/`));
      expect(outcome).toMatchObject({ status: null, error: 'timeout' });
      expect(outcome.durationMs).toBeGreaterThanOrEqual(150);
    }
  });

  it('whose name lookup is never answered is given up in time', async () => {
    const send = sender({ timeoutMs: 50, resolve: () => new Promise(() => undefined) });
    expect(await send(request('http://slow.example.com/'))).toMatchObject({ error: 'timeout' });
  });

  it('that answers 2xx and then trickles on has accepted', async () => {
    const { port } = await peer((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart'));
    expect(await sender({ timeoutMs: 150 })(request(`http://127.0.0.1:${port}/`))).toMatchObject({
      status: 200,
      error: null,
      answer: 'part',
    });
  });

  it('with an endless answer is read up to the limit, and only the beginning is kept', async () => {
    let sent = 0;
    const { port } = await receiver((response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write('y'.repeat(1_024))) sent += 1_024;
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
    });
    const outcome = await sender()(request(`http://127.0.0.1:${port}/`));
    expect(outcome).toMatchObject({ status: 200, answer: 'y'.repeat(WEBHOOK_ANSWER_KEPT_BYTES) });
    // The kernel's buffers hold more than what was read.
    expect(sent).toBeLessThan(WEBHOOK_ANSWER_MAX_BYTES + 32 * 1_024 * 1_024);
  });

  it('whose answer is cut in the middle of a character keeps whole ones', async () => {
    const { port } = await receiver((response) => response.end(`${'x'.repeat(WEBHOOK_ANSWER_KEPT_BYTES - 1)}ü`));
    expect((await sender()(request(`http://127.0.0.1:${port}/`))).answer).toBe('x'.repeat(WEBHOOK_ANSWER_KEPT_BYTES - 1));
  });

  it.each([
    ['that is no web server', (socket: net.Socket) => socket.end('220 mail.example.com ESMTP\r\n'), 'not_http'],
    ['that hangs up', (socket: net.Socket) => socket.destroy(), 'disconnected'],
    [
      'that wants another protocol',
      (socket: net.Socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
      'not_http',
    ],
  ])('%s', async (_, greet, error) => {
    const { port } = await peer(greet);
    expect(await sender({ timeoutMs: 3_000 })(request(`http://127.0.0.1:${port}/`))).toMatchObject({ status: null, error });
  });

  it('that is not there', async () => {
    const { port } = await receiver();
    closers.splice(0).forEach((close) => close());
    expect(await sender()(request(`http://127.0.0.1:${port}/`))).toMatchObject({ error: 'connect_failed' });
    expect(await sender({ resolve: () => Promise.resolve([]) })(request('http://no.example.com/'))).toMatchObject({
      error: 'name_not_found',
    });
    expect(
      await sender({ resolve: () => Promise.reject(new Error('SERVFAIL')) })(request('http://no.example.com/')),
    ).toMatchObject({
      error: 'lookup_failed',
    });
  });
});
