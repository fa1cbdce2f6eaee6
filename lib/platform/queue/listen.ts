// The one LISTEN connection of a process. A subscriber misses nothing: `ready` resolves once the connection is listening, and after every
// reconnection all subscribers are told to look again. Subscribers that ask for it are told of a loss at once. Reconnects with back-off,
// forever. A ping detects a connection that has gone silent.
import { Client } from 'pg';
import { databaseUrl } from '../db/client';
import { log } from '../log';

export interface Subscription {
  /** Resolves when the connection is listening. A subscriber that reads its row after that misses no change. */
  ready: Promise<void>;
  /** The connection was already listening, so no announcement from now on is missed. */
  isReady: boolean;
  close(): void;
}

type Callback = () => void;

interface Subscriber {
  onNews: Callback;
  /** Called when the connection is lost, and with it probably the database. */
  onLoss: Callback | undefined;
}

interface Listener {
  connectionString: string;
  client: Client | null;
  isListening: boolean;
  isClosed: boolean;
  failures: number;
  waiting: Set<Callback>;
  /** Subscribers by channel, then by id. */
  channels: Map<string, Map<string, Set<Subscriber>>>;
  timer: NodeJS.Timeout | undefined;
}

const BACKOFF_MAX_MS = 5_000;
const BACKOFF_FIRST_MS = 100;
const PING_EVERY_MS = 15_000;
const PING_TIMEOUT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 5_000;

declare global {
  // Next reloads modules in development; the connection must survive that.
  var emailVerifierListener: Listener | undefined;
}

/** Calls back on each notification `{"id": id}` on the channel, and after a reconnection. */
export function onNotification(channel: string, id: string, onNews: Callback, onLoss?: Callback): Subscription {
  const listener = (globalThis.emailVerifierListener ??= start());
  const isNewChannel = !listener.channels.has(channel);
  const ids = listener.channels.get(channel) ?? new Map<string, Set<Subscriber>>();
  const subscribers = ids.get(id) ?? new Set<Subscriber>();
  const subscriber = { onNews, onLoss };
  listener.channels.set(channel, ids);
  ids.set(id, subscribers.add(subscriber));
  if (isNewChannel && listener.client && listener.isListening) void listenTo(listener, listener.client);
  let ready = (): void => undefined;
  const isReady = listener.isListening;
  return {
    isReady,
    ready: new Promise((done) => {
      ready = done;
      if (isReady) done();
      else listener.waiting.add(done);
    }),
    close: () => {
      listener.waiting.delete(ready);
      subscribers.delete(subscriber);
      if (subscribers.size === 0 && ids.get(id) === subscribers) ids.delete(id);
    },
  };
}

/** Ends the connection; for programs about to exit, and for tests. */
export async function closeListener(): Promise<void> {
  const listener = globalThis.emailVerifierListener;
  globalThis.emailVerifierListener = undefined;
  if (!listener) return;
  listener.isClosed = true;
  clearTimeout(listener.timer);
  await listener.client?.end().catch(() => undefined);
}

function start(): Listener {
  const listener: Listener = {
    connectionString: databaseUrl(),
    client: null,
    isListening: false,
    isClosed: false,
    failures: 0,
    waiting: new Set(),
    channels: new Map(),
    timer: undefined,
  };
  // In a microtask, when the first channel is known.
  queueMicrotask(() => void connect(listener));
  return listener;
}

async function connect(listener: Listener): Promise<void> {
  if (listener.isClosed) return;
  const client = new Client({
    connectionString: listener.connectionString,
    application_name: 'email-verifier listen',
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  listener.client = client;
  client.on('notification', ({ channel, payload }) => dispatch(listener, channel, payload));
  client.once('end', () => lose(listener, client));
  client.on('error', (error) => {
    log('listen').warn({ error: error.message }, 'the listening connection failed');
    lose(listener, client);
  });
  try {
    await client.connect();
    await listenTo(listener, client);
  } catch {
    lose(listener, client);
  }
}

async function listenTo(listener: Listener, client: Client): Promise<void> {
  listener.isListening = false;
  try {
    // Another channel may be added while these are being listened to. Channels are never removed.
    for (let listened = 0; listened < listener.channels.size;) {
      const channels = [...listener.channels.keys()];
      await client.query(channels.map((channel) => `LISTEN ${client.escapeIdentifier(channel)}`).join('; '));
      listened = channels.length;
    }
  } catch {
    lose(listener, client);
    return;
  }
  listener.isListening = true;
  listener.failures = 0;
  for (const done of listener.waiting) done();
  listener.waiting.clear();
  // Notifications sent while nobody listened are lost: everyone looks again.
  for (const { onNews } of subscribersOf(listener)) onNews();
  schedulePing(listener, client);
}

function schedulePing(listener: Listener, client: Client): void {
  clearTimeout(listener.timer);
  listener.timer = setTimeout(() => {
    const tooLate = setTimeout(() => lose(listener, client), PING_TIMEOUT_MS).unref();
    client.query('SELECT 1').then(
      () => {
        clearTimeout(tooLate);
        if (listener.client === client) schedulePing(listener, client);
      },
      () => lose(listener, client),
    );
  }, PING_EVERY_MS).unref();
}

/** Every loss of a connection ends here, once. */
function lose(listener: Listener, client: Client): void {
  if (listener.client !== client || listener.isClosed) return;
  const wasListening = listener.isListening;
  listener.client = null;
  listener.isListening = false;
  clearTimeout(listener.timer);
  client.end().catch(() => undefined);
  const delayMs = Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** listener.failures) * (0.5 + Math.random() / 2);
  listener.failures = Math.min(listener.failures + 1, 10);
  listener.timer = setTimeout(() => void connect(listener), delayMs).unref();
  if (wasListening) for (const { onLoss } of subscribersOf(listener)) onLoss?.();
}

function dispatch(listener: Listener, channel: string, payload: string | undefined): void {
  const id = readId(payload);
  if (id === null) return;
  for (const { onNews } of [...(listener.channels.get(channel)?.get(id) ?? [])]) onNews();
}

/** A snapshot, because a callback may close its own subscription and others. */
const subscribersOf = ({ channels }: Listener): Subscriber[] =>
  [...channels.values()].flatMap((ids) => [...ids.values()].flatMap((subscribers) => [...subscribers]));

function readId(payload: string | undefined): string | null {
  try {
    const value: unknown = JSON.parse(payload ?? '');
    return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' ? value.id : null;
  } catch {
    return null;
  }
}
