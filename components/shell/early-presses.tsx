'use client';

import { useEffect, useState } from 'react';
import { replayEarlyPresses, stopRecordingPresses } from '@/components/ui/early-events';

/** Presses what was pressed before the page was alive: see early-events.ts. */
export function EarlyPresses() {
  useState(stopRecordingPresses);
  useEffect(() => {
    // After the texts that were typed before have been rendered: a form is sent with them.
    const timer = setTimeout(replayEarlyPresses);
    return () => clearTimeout(timer);
  }, []);
  return null;
}
