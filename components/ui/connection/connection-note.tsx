'use client';

import { useEffect, useState } from 'react';
import { Spinner } from '../spinner';
import { useIsConnected } from './connection';

/** A stream that the server ends because of its age is back within two seconds, and nobody needs to know. */
const SHOWN_AFTER_MS = 1_500;

/** Says on every page of the app that we are waiting for the server. Nothing else changes in the meantime. */
export function ConnectionNote() {
  const isConnected = useIsConnected();
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsShown(!isConnected), isConnected ? 0 : SHOWN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isConnected]);
  return (
    <div role="status" aria-live="polite" className="pointer-events-none fixed inset-x-0 bottom-4 z-40 flex justify-center px-4">
      {isShown && (
        <p className="flex items-center gap-2 rounded-card border border-hairline bg-raised px-3 py-2 text-table text-fg shadow-float">
          <Spinner />
          Reconnecting… This page updates on its own.
        </p>
      )}
    </div>
  );
}
