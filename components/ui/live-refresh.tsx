'use client';

import { Pause, Play } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button';
import { useRefreshEvery } from './connection/use-refresh';

const EVERY_MS = 10_000;

/**
 * Refreshes the page every ten seconds while it is visible. People can pause it, because content that updates by itself must be stoppable
 * (WCAG 2.2.2).
 */
export function LiveRefresh() {
  const [isPaused, setIsPaused] = useState(false);
  useRefreshEvery(EVERY_MS, !isPaused);
  const Icon = isPaused ? Play : Pause;
  return (
    <>
      <span className="text-table text-muted tabular-nums">{isPaused ? 'Paused' : `Refreshes every ${EVERY_MS / 1_000} s`}</span>
      <Button variant="secondary" size="sm" onClick={() => setIsPaused(!isPaused)}>
        <Icon aria-hidden="true" className="size-3.5" />
        {isPaused ? 'Resume' : 'Pause'}
      </Button>
    </>
  );
}
