// Follows something that announces its changes: hands over its current state, then every change, up to its last. Promises that
// states come in order, that several changes during one read count as one, that a database that goes away is an error right away and
// not a silence, and that nothing is called after unsubscribing.
import { ok, type Result } from '../errors';
import { onNotification } from './listen';

export interface Watcher<V> {
  onChange: (view: V) => void;
  /** The state could not be read; no further call follows. */
  onError: (error: unknown) => void;
}

export interface Followed<V> {
  channel: string;
  id: string;
  read: () => Promise<Result<V>>;
  /** Nothing comes after this state. */
  isLast: (view: V) => boolean;
}

/** Returns the function that stops it; an error if there is nothing to follow. */
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
  // The first state is shown right away; if the listener connects only later, it tells everyone to look again.
  if (state.isStale) look();
  return ok(stop);
}
