import { platform } from '#platform';
import { WebhookSignatureError } from './errors.js';
import type { Delivery, Webhook, WebhookEvent } from './models.js';
import { Pages } from './pages.js';
import { type RequestOptions, segment, type Transport } from './transport.js';

export type WebhookHeaders = Headers | Record<string, string | string[] | undefined>;

const TOLERANCE_S = 5 * 60;

export class Webhooks {
  constructor(private readonly transport: Transport) {}

  /** The response contains the secret, which is shown only once. */
  create(webhook: { url: string; events: string[]; description?: string }, options?: RequestOptions): Promise<Webhook> {
    return this.transport.json({ method: 'POST', path: '/v1/webhooks', json: webhook, options });
  }

  async list(options?: RequestOptions): Promise<Webhook[]> {
    return (await this.transport.json<{ data: Webhook[] }>({ method: 'GET', path: '/v1/webhooks', options })).data;
  }

  get(id: string, options?: RequestOptions): Promise<Webhook> {
    return this.transport.json({ method: 'GET', path: pathOf(id), options });
  }

  update(
    id: string,
    change: { url?: string; events?: string[]; description?: string; state?: 'enabled' | 'disabled' },
    options?: RequestOptions,
  ): Promise<Webhook> {
    return this.transport.json({ method: 'PATCH', path: pathOf(id), json: change, options });
  }

  async delete(id: string, options?: RequestOptions): Promise<void> {
    await this.transport.json({ method: 'DELETE', path: pathOf(id), options });
  }

  /** The response contains the new secret, which is shown only once. For a while, the old secret signs as well. */
  rotateSecret(id: string, options?: RequestOptions): Promise<Webhook> {
    return this.transport.json({ method: 'POST', path: `${pathOf(id)}/rotate-secret`, options });
  }

  /** Sends a test event. */
  test(id: string, event?: string, options?: RequestOptions): Promise<Delivery> {
    return this.transport.json({
      method: 'POST',
      path: `${pathOf(id)}/test`,
      json: { ...(event !== undefined && { event }) },
      options,
    });
  }

  deliveries(
    id: string,
    filter: { state?: 'pending' | 'delivered' | 'failed'; limit?: number } = {},
    options?: RequestOptions,
  ): Pages<Delivery> {
    return new Pages(this.transport, { method: 'GET', path: `${pathOf(id)}/deliveries`, query: { ...filter }, options });
  }

  /** Delivers the same event again. */
  replay(id: string, deliveryId: string, options?: RequestOptions): Promise<Delivery> {
    return this.transport.json({ method: 'POST', path: `${pathOf(id)}/deliveries/${segment(deliveryId)}/replay`, options });
  }
}

const pathOf = (id: string): string => `/v1/webhooks/${segment(id)}`;

/**
 * Verifies a webhook's signature (Standard Webhooks) and returns its event; throws a WebhookSignatureError if it is not from us. Pass the
 * body exactly as received, not parsed and serialized again. Pass several secrets while one is being replaced.
 */
export async function unwrapWebhook(
  payload: string | Uint8Array,
  headers: WebhookHeaders,
  secret: string | readonly string[],
): Promise<WebhookEvent> {
  const body = typeof payload === 'string' ? payload : new TextDecoder().decode(payload);
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    headerOf(headers, name),
  );
  if (!id || !timestamp || !signatures) throw new WebhookSignatureError('A header of the signature is missing.');
  const ageS = Math.abs(Date.now() / 1_000 - Number(timestamp));
  // Also refuses a timestamp that is not a number.
  if (!(ageS <= TOLERANCE_S)) throw new WebhookSignatureError('The timestamp is too far from now.');
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  const secrets = typeof secret === 'string' ? [secret] : secret;
  const given = signatures.split(' ').flatMap((word) => (word.startsWith('v1,') ? word.slice(3) : []));
  for (const one of secrets)
    for (const signature of given) if (await isSignedBy(one, signature, signed)) return JSON.parse(body) as WebhookEvent;
  throw new WebhookSignatureError('No signature is ours.');
}

function headerOf(headers: WebhookHeaders, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const value = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return Array.isArray(value) ? value[0] : value;
}

/** `verify` compares in constant time. */
async function isSignedBy(secret: string, signature: string, signed: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const { subtle } = platform.crypto;
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const key = await subtle.importKey('raw', decode(secret.replace(/^whsec_/, '')), hmac, false, ['verify']);
  return subtle.verify('HMAC', key, decode(signature), signed);
}

/** Returns nothing if it is not base64. */
function decode(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
