// Sends events to the product's webhook, signed as Stripe signs them, and retries failed deliveries after a while. Events are sent
// concurrently, so their order is as little guaranteed as Stripe's. On request they are shuffled, and each is sent twice.
import { createHmac } from 'node:crypto';
import type Stripe from 'stripe';
import type { Store } from './store';

export interface Webhook {
  url: string;
  secret: string;
}

const SECOND_MS = 1_000;
const RETRY_AFTER_S = [1, 2, 5, 15, 30, 60, 300, 900, 3_600, 14_400];
const TIMEOUT_MS = 10 * SECOND_MS;
const SHUFFLE_MS = 2 * SECOND_MS;

/** The header, as the SDK's own `generateTestHeaderString` would make it. */
export function signEvent(body: string, secret: string, atS = Math.floor(Date.now() / SECOND_MS)): string {
  return `t=${atS},v1=${createHmac('sha256', secret).update(`${atS}.${body}`).digest('hex')}`;
}

export interface Deliverer {
  /** Starts delivering the event and returns at once. */
  send: (event: Stripe.EventBase) => void;
  /** Resolves when no delivery is under way; interrupted deliveries count as undelivered. */
  stop: () => Promise<void>;
}

export function createDeliverer(store: Store, webhook: Webhook): Deliverer {
  const timers = new Set<NodeJS.Timeout>();
  const underWay = new Set<Promise<void>>();
  const stopping = new AbortController();

  const later = (ms: number, id: string, tries: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      const trying = attempt(id, tries).finally(() => underWay.delete(trying));
      underWay.add(trying);
    }, ms);
    timers.add(timer);
  };

  async function attempt(id: string, tries: number): Promise<void> {
    const event = store.find('event', id);
    if (event === null) return;
    const isTaken = await post(webhook, event, stopping.signal);
    if (stopping.signal.aborted) return;
    if (isTaken) {
      store.put('event', { ...event, pending_webhooks: 0 });
      store.commit();
      return;
    }
    const pause = RETRY_AFTER_S[tries];
    if (pause !== undefined) later(pause * SECOND_MS, id, tries + 1);
  }

  const isShuffled = (): boolean => store.find('setting', 'delivery')?.value === 1;
  return {
    send: ({ id }) => {
      const times = isShuffled() ? 2 : 1;
      for (let time = 0; time < times; time++) later(isShuffled() ? Math.random() * SHUFFLE_MS : 0, id, 0);
    },
    stop: async () => {
      stopping.abort();
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(underWay);
    },
  };
}

async function post({ url, secret }: Webhook, event: Stripe.EventBase, stopping: AbortSignal): Promise<boolean> {
  const body = JSON.stringify(event, null, 2);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'Stripe-Signature': signEvent(body, secret),
        'User-Agent': 'Stripe/1.0 (stand-in)',
      },
      body,
      signal: AbortSignal.any([stopping, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
