'use client';

// Whether this page can reach the server. Streams and refreshes report what they experience, and the note in the shell shows it. A restart
// never turns a page into an error: the page keeps what it last knew, retries with growing pauses, and catches up by itself.
import { useSyncExternalStore } from 'react';

const RETRY_FIRST_MS = 500;
const RETRY_MAX_MS = 10_000;
const ASK_TIMEOUT_MS = 5_000;

const lost = new Set<string>();
const listeners = new Set<() => void>();

/** Each reporter has its own name and reports only its own connection. */
export function reportConnection(reporter: string, isUp: boolean): void {
  if (lost.has(reporter) === !isUp) return;
  if (isUp) lost.delete(reporter);
  else lost.add(reporter);
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useIsConnected = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => lost.size === 0,
    () => true,
  );

/**
 * The pause before attempt n (0, 1, …). It doubles each time and is random, so that pages that lost the server together don't return
 * together.
 */
export function retryPauseMs(attempt: number): number {
  return Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** attempt) * (0.5 + Math.random() / 2);
}

/** Whether the server answers and reaches its database, without which every page would be an error. */
export async function isServerThere(): Promise<boolean> {
  try {
    const response = await fetch('/readyz', { cache: 'no-store', signal: AbortSignal.timeout(ASK_TIMEOUT_MS) });
    const body: unknown = await response.json();
    return hasDatabase(body);
  } catch {
    return false;
  }
}

function hasDatabase(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || !('checks' in body)) return false;
  const { checks } = body;
  return typeof checks === 'object' && checks !== null && 'database' in checks && checks.database === true;
}

/**
 * Resolves to true when the server is there, or to false if the signal ended the wait. `onAway` is called if the server was not there at
 * once.
 */
export async function untilServerIsThere(signal: AbortSignal, onAway: () => void): Promise<boolean> {
  for (let attempt = 0; !signal.aborted; attempt++) {
    if (await isServerThere()) return !signal.aborted;
    if (attempt === 0) onAway();
    await new Promise<void>((done) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        done();
      };
      const timer = setTimeout(end, retryPauseMs(attempt));
      signal.addEventListener('abort', end);
    });
  }
  return false;
}
