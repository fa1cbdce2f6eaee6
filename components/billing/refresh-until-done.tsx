'use client';

import { useEffect } from 'react';
import { useRefresh } from '@/components/ui/connection/use-refresh';

const EVERY_MS = 5_000;
/** A payment that has not arrived by then takes days, not moments. */
const TIMES = 24;

/** Refreshes the page while the outcome is open. It ends after `TIMES` tries, or when the page that renders it goes away. */
export function RefreshUntilDone() {
  const refresh = useRefresh();
  useEffect(() => {
    let left = TIMES;
    const timer = setInterval(() => {
      if (--left < 0) return clearInterval(timer);
      if (document.visibilityState === 'visible') refresh();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [refresh]);
  return null;
}
