// A stream of server-sent events that follows the state of one thing. Promises: a reader who is too slow gets the newest state
// and not all that were missed, so nothing piles up; a sign of life every few seconds; an end after its greatest age (the
// browser comes back by itself); and that whatever ends it (the last state, the client, the server's stop) ends it once.
import 'server-only';
import { STREAM_KEEP_ALIVE_MS, STREAM_MAX_AGE_MS, STREAM_RETRY_MS } from '@/lib/domain/limits';

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-store, no-transform',
  // nginx would keep events back until its buffer is full.
  'X-Accel-Buffering': 'no',
};

/** Events of room; beyond that states replace each other. */
const ROOM = 4;
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
    this.response = new Response(new ReadableStream<Uint8Array>(source, { highWaterMark: ROOM }), { headers: HEADERS });
    const keepAlive = (): void => {
      if (this.hasRoom()) this.write(': keep-alive\n\n');
    };
    this.timers = [setInterval(keepAlive, STREAM_KEEP_ALIVE_MS), setTimeout(this.onAbort, STREAM_MAX_AGE_MS)];
    signal.addEventListener('abort', this.onAbort);
    if (signal.aborted) this.close();
  }

  /** Sends `data` as JSON; what is still unsent is replaced. A client that comes back names the last `id` that it got. */
  send(event: string, data: unknown, id?: string): void {
    this.unsent = `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    this.flush();
  }

  /** Ends the stream when everything is sent. */
  finish(): void {
    this.isFinishing = true;
    this.flush();
  }

  /** Calls back once when the stream has ended, at once where it has. */
  onEnd(callback: () => void): void {
    if (this.isOver) callback();
    else this.callbacks.push(callback);
  }

  private flush(): void {
    if (this.unsent !== null && this.hasRoom()) {
      const text = this.unsent;
      // First, because `enqueue` pulls, which comes back here.
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
