// One event stream of the server, for as long as it is wanted. A browser reconnects by itself after a broken line, but gives up for
// good on an HTTP error (503 while the database restarts, a proxy's 502 during a deploy): that is tried again here, with growing pauses.
import { retryPauseMs } from './connection';

/** What kind of thing a stream tells of: whole states, one an event. */
export interface StreamKind<S> {
  event: string;
  /** Null for what makes no sense; it is passed over. */
  parse: (text: string) => S | null;
  /** After it nothing more happens by itself. */
  isLast: (state: S) => boolean;
}

export interface StreamListener<S> {
  onState: (state: S) => void;
  onLine: (isUp: boolean) => void;
}

/** Listens until the last state. Returns the way to stop before. */
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
