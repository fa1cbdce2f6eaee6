// One event stream of the server, for as long as the caller wants it. A browser reconnects by itself after a broken connection, but gives
// up permanently on an HTTP error (503 while the database restarts, a proxy's 502 during a deploy). Those are retried here, with growing
// pauses.
import { retryPauseMs } from './connection';

/** What a stream delivers: each event is a whole state. */
export interface StreamKind<S> {
  event: string;
  /** Null for an event that can't be understood; it is skipped. */
  parse: (text: string) => S | null;
  /** True for a state that will not change by itself. */
  isLast: (state: S) => boolean;
}

export interface StreamListener<S> {
  onState: (state: S) => void;
  onLine: (isUp: boolean) => void;
}

/** Listens until the last state. Returns a function that stops earlier. */
export function listenToStream<S>(url: string, kind: StreamKind<S>, { onState, onLine }: StreamListener<S>): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  const stop = (): void => {
    clearTimeout(timer);
    source?.close();
  };
  const onData = (text: string): void => {
    const state = kind.parse(text);
    if (state === null) return;
    onState(state);
    if (kind.isLast(state)) stop();
  };
  const open = (): void => {
    const opened = new EventSource(url);
    source = opened;
    opened.onopen = () => {
      attempt = 0;
      onLine(true);
    };
    opened.addEventListener(kind.event, (message: MessageEvent<string>) => onData(message.data));
    opened.onerror = () => {
      onLine(false);
      if (opened.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, retryPauseMs(attempt++));
    };
  };
  open();
  return stop;
}
