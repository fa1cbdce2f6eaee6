// Follows something that announces its changes: passes on its current state, then every change, up to the last state. States come in
// order, and several changes during one read count as one. A database that goes away is reported as an error at once, not as silence.
// Nothing is called after unsubscribing.
import { ok, type Result } from '../errors';
import { onNotification } from './listen';

export interface Watcher<V> {
  onChange: (view: V) => void;
  /** The state could not be read. No further call follows. */
  onError: (error: unknown) => void;
}

export interface Followed<V> {
  channel: string;
  id: string;
  read: () => Promise<Result<V>>;
  /** True if no state comes after this one. */
  isLast: (view: V) => boolean;
}

/** Returns a function that stops following, or an error if there is nothing to follow. */
export async function followState<V>(
  { channel, id, read, isLast }: Followed<V>,
  watcher: Watcher<V>,
): Promise<Result<() => void>> {
  const state = { isOver: false, isReading: true, isStale: false };
  const stop = (): void => {
    state.isOver = true;
    subscription.close();
  };
  const hand = (view: V): void => {
    if (state.isOver) return;
    if (isLast(view)) stop();
    watcher.onChange(view);
  };
  const follow = async (): Promise<void> => {
    state.isReading = true;
    while (state.isStale && !state.isOver) {
      state.isStale = false;
      const result = await read();
      if (!result.ok) throw result.error;
      hand(result.value);
    }
    state.isReading = false;
  };
  const look = (): void => {
    state.isStale = true;
    if (state.isReading || state.isOver) return;
    follow().catch((error: unknown) => {
      if (state.isOver) return;
      stop();
      watcher.onError(error);
    });
  };
  const subscription = onNotification(channel, id, look, look);

  try {
    const first = await read();
    if (!first.ok) {
      stop();
      return first;
    }
    hand(first.value);
  } catch (error) {
    stop();
    throw error;
  }
  state.isReading = false;
  // The first state is shown at once. If the listener connects later, it tells all subscribers to look again.
  if (state.isStale) look();
  return ok(stop);
}

// Waits without polling for a state that another process writes and announces. It subscribes first and then reads, or starts the work it
// waits for, so that no change is missed.

export interface Patience {
  timeoutMs: number;
  /** Aborted when nobody waits for the answer any more; the wait then ends at once. */
  signal?: AbortSignal | undefined;
}

export interface Awaited<V> {
  channel: string;
  id: string;
  read: () => Promise<V>;
  isDone: (state: V) => boolean;
  /** Starts the work and returns its first state. Omitted if the work already exists. */
  begin?: (() => Promise<V>) | undefined;
}

/** Returns the state at the end of the wait, which may not be the one that was waited for. */
export async function awaitState<V>(
  { channel, id, read, isDone, begin }: Awaited<V>,
  { timeoutMs, signal }: Patience,
): Promise<V> {
  const deadline = Date.now() + timeoutMs;
  const bell = makeBell();
  signal?.addEventListener('abort', bell.ring);
  const subscription = onNotification(channel, id, bell.ring);
  // Without a connection we miss the notification, not the answer: the state is read at the end in any case.
  const readOnceReady = async (): Promise<V> => {
    await Promise.race([subscription.ready, sleep(Math.max(0, deadline - Date.now()))]);
    bell.reset();
    return read();
  };
  try {
    const first = await begin?.();
    let state = first !== undefined && (subscription.isReady || isDone(first)) ? first : await readOnceReady();
    for (;;) {
      const leftMs = deadline - Date.now();
      if (isDone(state) || leftMs <= 0 || signal?.aborted === true) return state;
      await bell.rung(leftMs);
      bell.reset();
      state = await read();
    }
  } finally {
    signal?.removeEventListener('abort', bell.ring);
    subscription.close();
  }
}

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms).unref());

/** Remembers a ring that comes before anybody waits for it. */
function makeBell() {
  let hasRung = false;
  let wake = (): void => undefined;
  return {
    ring: (): void => {
      hasRung = true;
      wake();
    },
    reset: (): void => {
      hasRung = false;
    },
    rung: (timeoutMs: number): Promise<void> =>
      new Promise((done) => {
        const timer = setTimeout(done, timeoutMs);
        wake = () => {
          clearTimeout(timer);
          done();
        };
        if (hasRung) wake();
      }),
  };
}
