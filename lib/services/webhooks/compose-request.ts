// The request of one attempt: the body, which is the same bytes at every attempt, and its signatures. Standard Webhooks: HMAC-SHA256
// over `id.timestamp.body` with the secret's base64 bytes; while an old secret lives both sign, the new one first. `X-EV-Signature`
// is the first generation's: hex HMAC-SHA256 of the body with the secret as it is written, by the new secret only.
import { createHmac } from 'node:crypto';
import type { DueDelivery } from '@/lib/data/webhook-deliveries';
import type { WebhookRequest } from '@/lib/domain/webhook-delivery';

export const SECRET_PREFIX = 'whsec_';

/** `now` in epoch milliseconds. */
export function composeRequest({ endpoint, event }: DueDelivery, now: number): WebhookRequest {
  const body = composeBody(event);
  const timestamp = String(Math.floor(now / 1_000));
  const signed = `${event.id}.${timestamp}.${body}`;
  const signatures = endpoint.secrets.map((secret) => `v1,${sign(Buffer.from(bytesOf(secret), 'base64'), signed, 'base64')}`);
  return {
    url: endpoint.url,
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'EmailVerifier-Webhooks/1',
      'webhook-id': event.id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signatures.join(' '),
      'x-ev-signature': sign(endpoint.secrets[0] ?? '', body, 'hex'),
    },
  };
}

export const composeBody = (event: DueDelivery['event']): string =>
  JSON.stringify({
    event: event.type,
    event_id: event.id,
    timestamp: event.createdAt.toISOString(),
    test: event.test,
    data: event.data,
  });

const bytesOf = (secret: string): string => secret.slice(SECRET_PREFIX.length);

const sign = (key: string | Buffer, text: string, encoding: 'hex' | 'base64'): string =>
  createHmac('sha256', key).update(text).digest(encoding);
