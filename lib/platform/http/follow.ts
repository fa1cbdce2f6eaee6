// The state of one thing as a live stream: the current state, each change, and the end when nothing more happens by itself. A stream
// leaves no listener behind, whatever ends it. The number of streams per client address is bounded. If what is followed is lost, the
// stream ends, so that the browser reconnects and reads the state again.
import 'server-only';
import { AppError, unwrap, type Result } from '../errors';
import { STREAMS_A_CLIENT, STREAM_KEEP_ALIVE_MS, STREAM_MAX_AGE_MS, STREAM_RETRY_MS } from '../limits';
import { log } from '../log';
import { createSlots, type Slots } from '../slots';
import { clientKeyOf } from './client-address';

declare global {
  // Next may load a module once per route, but there must be only one count.
  var emailVerifierStreams: Slots | undefined;
}

const RETRY_AFTER_S = 5;

interface Watcher<V> {
  onChange: (view: V) => void;
  onError: () => void;
}

export interface Followed<V> {
  /** What is followed, for the log. */
  of: Readonly<Record<string, string>>;
  /** Starts watching; the returned function stops it. */
  watch: (watcher: Watcher<V>) => Promise<Result<() => void>>;
  /** Sends a state, and finishes the stream after the last. */
  tell: (view: V, stream: EventStream) => void;
  /** Calls back when the watcher's session ends; returns a function that cancels that. */
  untilSignedOut?: ((end: () => void) => () => void) | undefined;
}

export async function followAsStream<V>(request: Request, { of, watch, tell, untilSignedOut }: Followed<V>): Promise<Response> {
  const giveBack = takeStreamSlot(clientKeyOf(request.headers));
  const stream = new EventStream(request.signal);
  stream.onEnd(giveBack);
  if (untilSignedOut) stream.onEnd(untilSignedOut(() => stream.finish()));
  const onError = (): void => {
    log('events').warn(of, 'a live stream lost what it follows');
    stream.finish();
  };
  try {
    stream.onEnd(unwrap(await watch({ onChange: (view) => tell(view, stream), onError })));
  } catch (error) {
    stream.finish();
    throw error;
  }
  return stream.response;
}

/** Takes a slot among the live streams of one client address in this process. */
export function takeStreamSlot(clientKey: string): () => void {
  const slots = (globalThis.emailVerifierStreams ??= createSlots({ each: STREAMS_A_CLIENT }));
  const giveBack = slots.take(clientKey);
  if (giveBack !== null) return giveBack;
  throw new AppError('rate_limited', {
    detail: `One network address can have ${STREAMS_A_CLIENT} live streams open.`,
    retryAfterS: RETRY_AFTER_S,
  });
}

// A stream of server-sent events that follows the state of one thing. A slow reader gets the newest state instead of every one it missed,
// so nothing piles up. A keep-alive is sent every few seconds. The stream ends at its maximum age (the browser reconnects by itself), and
// whatever ends it (the last state, the client, our shutdown) ends it once.

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-store, no-transform',
  // Otherwise nginx holds events back until its buffer is full.
  'X-Accel-Buffering': 'no',
};

/** How many events the buffer holds. Beyond that, a new state replaces the unsent one. */
const ROOM_EVENTS = 4;
const ENCODER = new TextEncoder();

export class EventStream {
  readonly response: Response;
  private readonly callbacks: (() => void)[] = [];
  private readonly timers: NodeJS.Timeout[];
  private readonly onAbort = (): void => this.close();
  private sink: ReadableStreamDefaultController<Uint8Array> | undefined;
  private unsent: string | null = null;
  private isFinishing = false;
  private isOver = false;

  constructor(private readonly signal: AbortSignal) {
    const start = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
      this.sink = controller;
      this.write(`retry: ${STREAM_RETRY_MS}\n\n`);
    };
    const source = { start, pull: () => this.flush(), cancel: () => this.end() };
    this.response = new Response(new ReadableStream<Uint8Array>(source, { highWaterMark: ROOM_EVENTS }), { headers: HEADERS });
    const keepAlive = (): void => {
      if (this.hasRoom()) this.write(': keep-alive\n\n');
    };
    this.timers = [setInterval(keepAlive, STREAM_KEEP_ALIVE_MS), setTimeout(this.onAbort, STREAM_MAX_AGE_MS)];
    signal.addEventListener('abort', this.onAbort);
    if (signal.aborted) this.close();
  }

  /** Sends `data` as JSON, replacing an unsent event. A client that reconnects names the last `id` it received. */
  send(event: string, data: unknown, id?: string): void {
    this.unsent = `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    this.flush();
  }

  /** Ends the stream once everything is sent. */
  finish(): void {
    this.isFinishing = true;
    this.flush();
  }

  /** Calls back once, when the stream ends; immediately if it already has. */
  onEnd(callback: () => void): void {
    if (this.isOver) callback();
    else this.callbacks.push(callback);
  }

  private flush(): void {
    if (this.unsent !== null && this.hasRoom()) {
      const text = this.unsent;
      // Cleared first, because `enqueue` pulls, which calls this method again.
      this.unsent = null;
      this.write(text);
    }
    if (this.isFinishing && this.unsent === null) this.close();
  }

  private hasRoom(): boolean {
    return !this.isOver && (this.sink?.desiredSize ?? 0) > 0;
  }

  private write(text: string): void {
    this.sink?.enqueue(ENCODER.encode(text));
  }

  private close(): void {
    if (!this.isOver) this.sink?.close();
    this.end();
  }

  private end(): void {
    if (this.isOver) return;
    this.isOver = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.signal.removeEventListener('abort', this.onAbort);
    for (const callback of this.callbacks) callback();
  }
}
