// A customer's webhook server: records every delivery, and fails the first of each event, as servers do.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { z } from 'zod';

const bodySchema = z.object({ event: z.string(), data: z.looseObject({ list_id: z.string().optional() }) });

export interface Delivery {
  eventId: string;
  type: string;
  listId: string | undefined;
}

export interface Receiver {
  url: string;
  /** Deliveries that were answered with 200. */
  taken: Delivery[];
  close: () => void;
}

export async function startReceiver(): Promise<Receiver> {
  const taken: Delivery[] = [];
  const failed = new Set<string>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const eventId = String(request.headers['webhook-id']);
      const body = bodySchema.safeParse(JSON.parse(Buffer.concat(chunks).toString()));
      const isFirst = !failed.has(eventId);
      failed.add(eventId);
      if (isFirst) return void response.writeHead(503).end();
      if (body.success) taken.push({ eventId, type: body.data.event, listId: body.data.data.list_id });
      response.writeHead(200).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the receiver has no port');
  return { url: `http://127.0.0.1:${address.port}/hooks`, taken, close: () => server.close() };
}
