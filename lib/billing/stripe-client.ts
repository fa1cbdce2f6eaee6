// The one client of Stripe's API, made at first use from the settings. The version of the API is the one that the library was
// made for: what we read is of the shapes that its types tell. Refuses to start a conversation without a key.
import Stripe from 'stripe';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';

const TIMEOUT_MS = 20_000;
/** Repeated with the same idempotency key, which the library makes where we give none. */
const NETWORK_RETRIES = 2;

let client: { key: string; base: string | undefined; stripe: Stripe } | undefined;

export function stripeClient(): Stripe {
  const { STRIPE_SECRET_KEY: key, STRIPE_API_BASE: base } = env();
  if (key === undefined) throw new AppError('unavailable', { detail: 'Payments are not set up on this installation.' });
  if (client?.key !== key || client.base !== base) client = { key, base, stripe: connect(key, base) };
  return client.stripe;
}

function connect(key: string, base: string | undefined): Stripe {
  const common = { telemetry: false, timeout: TIMEOUT_MS, maxNetworkRetries: NETWORK_RETRIES } as const;
  if (base === undefined) return new Stripe(key, common);
  const url = new URL(base);
  const isHttps = url.protocol === 'https:';
  const port = url.port === '' ? (isHttps ? 443 : 80) : Number(url.port);
  return new Stripe(key, { ...common, host: url.hostname, port, protocol: isHttps ? 'https' : 'http' });
}
