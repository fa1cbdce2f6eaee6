'use client';

import { useEffect } from 'react';
import { useRefresh } from './use-refresh';

const EVERY_MS = 2_000;

/** Refreshes the page every two seconds while something on it is in progress and the page is visible. Renders nothing itself. */
export function RefreshWhile({ isOn }: { isOn: boolean }) {
  const refresh = useRefresh();
  useEffect(() => {
    if (!isOn) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') refresh();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [isOn, refresh]);
  return null;
}
