'use client';

import { Pause, Play } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';

const EVERY_MS = 10_000;

/** Reads the page again every ten seconds while somebody can see it. What changes by itself can be stopped (WCAG 2.2.2). */
export function LiveRefresh() {
  const router = useRouter();
  const [isPaused, setIsPaused] = useState(false);
  useEffect(() => {
    if (isPaused) return undefined;
    const refresh = () => {
      if (document.visibilityState === 'visible') router.refresh();
    };
    const timer = setInterval(refresh, EVERY_MS);
    document.addEventListener('visibilitychange', refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', refresh);
    };
  }, [isPaused, router]);
  const Icon = isPaused ? Play : Pause;
  return (
    <>
      <span className="text-table text-muted tabular-nums">{isPaused ? 'Paused' : `Refreshes every ${EVERY_MS / 1_000} s`}</span>
      <Button variant="secondary" size="sm" onClick={() => setIsPaused(!isPaused)}>
        <Icon aria-hidden="true" className="size-3.5" />
        {isPaused ? 'Go on' : 'Pause'}
      </Button>
    </>
  );
}
