'use client';

import { useLayoutEffect } from 'react';
import { stopRecordingPresses } from '@/components/ui/early-events';

/**
 * Runs the layout's inline script where the browser did not. Next sends an empty document for a page that calls `notFound`, and React, which
 * fills it, never runs a script that it inserts: the page had no theme, and no switch for it.
 */
export function LateScripts() {
  useLayoutEffect(() => {
    const inserted = document.querySelector<HTMLScriptElement>('#early-script');
    if (window.showTheme !== undefined || inserted === null) return;
    const script = document.createElement('script');
    Object.assign(script, { nonce: inserted.nonce, text: inserted.text });
    document.head.append(script);
    // React listens already.
    stopRecordingPresses();
  }, []);
  return null;
}
