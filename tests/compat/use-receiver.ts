// A server that the real sender of webhooks calls over a real socket. What an earlier test left to be sent again is not taken for the
// running test's: each test has its own path.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { z } from 'zod';
import { composeWebhookSender } from '@/worker/adapters/webhooks/sender';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}

export interface Receiver {
  received: Received[];
  /** What it answers from now on. */
  status: number;
  origin: () => string;
}

/** May call this machine, as a tester's settings allow it to. */
export const sendToThisMachine = composeWebhookSender({
  APP_MODE: 'local',
  DNS_SERVERS: [],
  WEBHOOK_ALLOWED_PRIVATE_NETS: ['127.0.0.0/8'],
});

export function useReceiver(): Receiver {
  let testNumber = 0;
  const receiver: Receiver = {
    received: [],
    status: 200,
    origin: () => `http://127.0.0.1:${z.object({ port: z.int() }).parse(server.address()).port}/${testNumber}`,
  };
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => (text += part));
    request.on('end', () => {
      const [, test, path = ''] = /^\/(\d+)(.*)$/.exec(request.url ?? '') ?? [];
      if (Number(test) === testNumber) receiver.received.push({ path, headers: request.headers, body: JSON.parse(text) });
      response.writeHead(receiver.status).end();
    });
  });
  beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)));
  afterAll(() => void server.close());
  beforeEach(() => {
    testNumber++;
    receiver.received.length = 0;
    receiver.status = 200;
  });
  return receiver;
}
