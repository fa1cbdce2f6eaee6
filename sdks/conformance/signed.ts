// A webhook as our server would send it now (Standard Webhooks, and the first-generation header), or as somebody would who tampers with
// it.
import { createHmac } from 'node:crypto';
import type { Signed } from './case';

export interface Delivered {
  payload: string;
  headers: Record<string, string>;
  secret: string | string[];
}

export function deliver({ payload, tampered, id, at_s: atS, signed_with: secrets, secret, ...how }: Signed): Delivered {
  const timestamp = String(Math.floor(Date.now() / 1_000) + atS);
  const bare = secrets.map((one) => sign(one, `${id}.${timestamp}.${payload}`));
  const signature = bare.map((one) => `v1,${one}`).join(' ');
  const [first = ''] = secrets;
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signature,
    'x-ev-signature': createHmac('sha256', first).update(payload).digest('hex'),
    ...how.headers,
  };
  const kept = Object.entries(headers)
    .filter(([name]) => !how.without.includes(name))
    .map(([name, value]): [string, string] => [
      how.uppercase ? name.toUpperCase() : name,
      value.replace('{{signature}}', signature).replace('{{bare}}', bare[0] ?? ''),
    ]);
  return { payload: tampered ?? payload, headers: Object.fromEntries(kept), secret };
}

const sign = (secret: string, text: string): string =>
  createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(text)
    .digest('base64');
