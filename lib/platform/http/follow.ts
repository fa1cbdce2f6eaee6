// The state of one thing as a live stream: now, each change, and the end when nothing more happens by itself. Promises that a stream that
// ends for whatever reason leaves no listener behind, that a client address has a bounded number of them, and that losing what is
// followed ends the stream, so that the browser comes back and reads the state as it is then.
import 'server-only';
import { AppError, unwrap, type Result } from '../errors';
import { STREAMS_A_CLIENT } from '../limits';
import { log } from '../log';
import { createSlots, type Slots } from '../slots';
import { clientKeyOf } from './client-address';
import { EventStream } from './sse';

declare global {
  // Next may load a module once per route; there is only one count.
  var emailVerifierStreams: Slots | undefined;
}

const RETRY_AFTER_S = 5;

interface Watcher<V> {
  onChange: (view: V) => void;
  onError: () => void;
}

export interface Followed<V> {
  /** What it is, for the log. */
  of: Readonly<Record<string, string>>;
  /** Starts watching; its value ends that. */
  watch: (watcher: Watcher<V>) => Promise<Result<() => void>>;
  /** Sends a state, and finishes the stream after the last. */
  tell: (view: V, stream: EventStream) => void;
  /** Calls back when the watcher's session ends; returns the way to stop that. */
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

/** A slot among the live streams of one client address in this process. */
export function takeStreamSlot(clientKey: string): () => void {
  const slots = (globalThis.emailVerifierStreams ??= createSlots({ each: STREAMS_A_CLIENT }));
  const giveBack = slots.take(clientKey);
  if (giveBack !== null) return giveBack;
  throw new AppError('rate_limited', {
    detail: `One network address can have ${STREAMS_A_CLIENT} live streams open.`,
    retryAfterS: RETRY_AFTER_S,
  });
}
