// A stream of server-sent events that follows the state of one thing. Promises: a reader who is too slow gets the newest state
// and not all that were missed, so nothing piles up; a sign of life every few seconds; an end after its greatest age (the
// browser comes back by itself); and that whatever ends it (the last state, the client, the server's stop) ends it once.
import 'server-only';
import { STREAM_KEEP_ALIVE_MS, STREAM_MAX_AGE_MS, STREAM_RETRY_MS } from '@/lib/domain/limits';

export interface EventStream {
  response: Response;
  /** Sends `data` as JSON; what is still unsent is replaced. */
  send: (event: string, data: unknown) => void;
  /** Ends the stream when everything is sent. */
  finish: () => void;
  /** Called once when it has ended, at once where it has. */
  onEnd: (callback: () => void) => void;
}

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-store, no-transform',
  // nginx would keep events back until its buffer is full.
  'X-Accel-Buffering': 'no',
};

export function createEventStream(signal: AbortSignal): EventStream {
  const encoder = new TextEncoder();
  const callbacks: (() => void)[] = [];
  let sink: ReadableStreamDefaultController<Uint8Array> | undefined;
  let unsent: string | null = null;
  let isFinishing = false;
  let isOver = false;

  const end = (): void => {
    if (isOver) return;
    isOver = true;
    clearInterval(keepAlive);
    clearTimeout(tooOld);
    signal.removeEventListener('abort', abort);
    for (const callback of callbacks) callback();
  };
  const close = (): void => {
    if (!isOver) sink?.close();
    end();
  };
  const abort = (): void => close();
  const isReady = (): boolean => !isOver && sink !== undefined && (sink.desiredSize ?? 0) > 0;
  const write = (text: string): void => sink?.enqueue(encoder.encode(text));
  const flush = (): void => {
    if (unsent !== null && isReady()) {
      write(unsent);
      unsent = null;
    }
    if (isFinishing && unsent === null) close();
  };
  const keepAlive = setInterval(() => isReady() && write(': keep-alive\n\n'), STREAM_KEEP_ALIVE_MS);
  const tooOld = setTimeout(close, STREAM_MAX_AGE_MS);
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        sink = controller;
        write(`retry: ${STREAM_RETRY_MS}\n\n`);
      },
      pull: flush,
      cancel: end,
    },
    // A few events of room; beyond that states replace each other.
    { highWaterMark: 4 },
  );
  signal.addEventListener('abort', abort);
  if (signal.aborted) close();

  return {
    response: new Response(body, { headers: HEADERS }),
    send: (event, data) => {
      unsent = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
      flush();
    },
    finish: () => {
      isFinishing = true;
      flush();
    },
    onEnd: (callback) => void (isOver ? callback() : callbacks.push(callback)),
  };
}
