// The stand-in for Stripe: test equipment. Implements the part of Stripe's API that the product needs, with pages to pay on, so that the
// real SDK makes whole purchases on a machine without a network. Guarantees: what it answered survives a crash, and it takes no real money.
// Refuses to run in production mode, and to listen anywhere but on loopback.
import { createServer } from 'node:http';
import Stripe from 'stripe';
import { addCodes } from './acts/promotion';
import { clockOf } from './acts/advance-clock';
import { createDeliverer, type Deliverer, type Webhook } from './deliver-events';
import { KEPT_S } from './http/answer-api';
import { createHandler } from './http/create-handler';
import { newStripeId } from './ids';
import { noJournal, openJournal } from './journal';
import { createStore, type Store } from './store';
import type { Emit, World } from './world';

const EVENTS_KEPT = 5_000;

export interface StandInOptions {
  mode: 'local' | 'production';
  /** 0 picks any free port. */
  port: number;
  secretKey: string;
  /** Where it keeps its state; null keeps it in memory only. */
  journalFile: string | null;
  /** Where events are sent; null only lists them. */
  webhook: Webhook | null;
}

export interface StandIn {
  baseUrl: string;
  world: World;
  close(): Promise<void>;
}

export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  if (options.mode !== 'local') {
    throw new Error('The Stripe stand-in is test equipment and does not run in production mode. Set STRIPE_SECRET_KEY.');
  }
  const store = createStore(options.journalFile === null ? noJournal : openJournal(options.journalFile));
  const server = createServer();
  const port = await new Promise<number>((done, failed) => {
    server.once('error', failed);
    server.listen(options.port, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address) done(address.port);
    });
  });
  const deliverer = options.webhook && createDeliverer(store, options.webhook);
  const world: World = {
    store,
    baseUrl: `http://127.0.0.1:${port}`,
    now: clockOf(() => store.find('setting', 'clock')?.value ?? 0),
    emit: () => undefined,
  };
  world.emit = createEmit(world, deliverer);
  addCodes(world);
  forgetOld(world);
  store.commit();
  if (deliverer) sendWaiting(store, deliverer);
  server.on('request', createHandler(world, options.secretKey));
  return {
    baseUrl: world.baseUrl,
    world,
    close: async () => {
      await deliverer?.stop();
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

function createEmit(world: World, deliverer: Deliverer | null): Emit {
  return (type, object, previous) => {
    const event: Stripe.EventBase = {
      id: newStripeId('evt'),
      object: 'event',
      api_version: Stripe.API_VERSION,
      created: world.now(),
      // A copy of the current state: later changes belong to other events.
      data: { object: copyOf(object), ...(previous && { previous_attributes: { ...previous } }) },
      livemode: false,
      pending_webhooks: deliverer ? 1 : 0,
      request: { id: null, idempotency_key: null },
      type,
    };
    world.store.put('event', event);
    deliverer?.send(event);
  };
}

/** Copies through JSON, as it would travel: decimals become text. */
function copyOf(object: object): object {
  const copy: unknown = JSON.parse(JSON.stringify(object));
  return typeof copy === 'object' && copy !== null ? copy : {};
}

/** Keeps answers for a day, as Stripe does, and only the newest events. */
function forgetOld({ store, now }: World): void {
  for (const { id, createdAt } of store.list('keptAnswer')) if (now() - createdAt > KEPT_S) store.remove('keptAnswer', id);
  for (const { id } of store.list('event').slice(EVENTS_KEPT)) store.remove('event', id);
}

/** Sends the events that a crash or a restart left undelivered. */
function sendWaiting(store: Store, deliverer: Deliverer): void {
  for (const event of store.list('event')) if (event.pending_webhooks > 0) deliverer.send(event);
}
