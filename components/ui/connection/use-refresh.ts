'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useId, useRef } from 'react';
import { reportConnection, untilServerIsThere } from './connection';

/**
 * Has the server render the page again, once it is there. Without this check, Next would leave for the browser's own error page while the
 * server restarts. Several calls during the wait are still a single refresh.
 */
export function useRefresh(): () => void {
  const router = useRouter();
  const reporter = useId();
  const waiting = useRef<AbortController | null>(null);
  useEffect(
    () => () => {
      waiting.current?.abort();
      waiting.current = null;
      reportConnection(reporter, true);
    },
    [reporter],
  );
  return useCallback(() => {
    if (waiting.current !== null) return;
    const controller = new AbortController();
    waiting.current = controller;
    void untilServerIsThere(controller.signal, () => reportConnection(reporter, false)).then((isThere) => {
      if (!isThere) return;
      waiting.current = null;
      reportConnection(reporter, true);
      router.refresh();
    });
  }, [router, reporter]);
}

/** Refreshes repeatedly while it is on and the page is visible, and at once when the page becomes visible again. */
export function useRefreshEvery(everyMs: number, isOn: boolean): void {
  const refresh = useRefresh();
  useEffect(() => {
    if (!isOn) return undefined;
    const look = () => {
      if (document.visibilityState === 'visible') refresh();
    };
    const timer = setInterval(look, everyMs);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [everyMs, isOn, refresh]);
}
