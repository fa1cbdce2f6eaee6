'use client';

import { useEffect, useState } from 'react';
import { replayEarlyPresses, stopRecordingPresses } from '@/components/ui/early-events';

/** Replays what was pressed before the page was hydrated: see early-events.ts. */
export function EarlyPresses() {
  useState(stopRecordingPresses);
  useEffect(() => {
    // Wait until text that was typed earlier has been rendered, because a submitted form includes it.
    const timer = setTimeout(replayEarlyPresses);
    return () => clearTimeout(timer);
  }, []);
  return null;
}
