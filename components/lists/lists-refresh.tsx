'use client';

import { useEffect } from 'react';
import { useRefresh } from '@/components/ui/connection/use-refresh';

const EVERY_MS = 3_000;

/** Reads the page again every few seconds while a list on it is at work and somebody can see it. */
export function ListsRefresh({ isActive }: { isActive: boolean }) {
  const refresh = useRefresh();
  useEffect(() => {
    if (!isActive) return undefined;
    const look = () => {
      if (document.visibilityState === 'visible') refresh();
    };
    const timer = setInterval(look, EVERY_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [isActive, refresh]);
  return null;
}
