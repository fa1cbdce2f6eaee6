// One event stream of the server, for as long as it is wanted. A browser reconnects by itself after a broken line, but gives up for
// good on an HTTP error (503 while the database restarts, a proxy's 502 during a deploy): that is tried again here, with growing pauses.
import { retryPauseMs } from './connection';

export interface StreamListener {
  /** The kind of event that is listened for. */
  event: string;
  onData: (text: string) => void;
  onLine: (isUp: boolean) => void;
}

/** Returns the way to stop. */
export function listenToStream(url: string, { event, onData, onLine }: StreamListener): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  const open = (): void => {
    const opened = new EventSource(url);
    source = opened;
    opened.onopen = () => {
      attempt = 0;
      onLine(true);
    };
    opened.addEventListener(event, (message: MessageEvent<string>) => onData(message.data));
    opened.onerror = () => {
      onLine(false);
      if (opened.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, retryPauseMs(attempt++));
    };
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
