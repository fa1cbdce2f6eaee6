'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useCallback, useEffect, useState } from 'react';
import { untilServerIsThere } from './connection';

/** `trying`: just retried; `away`: waiting for the server; `broken`: the server is there, and the page failed again. */
export type Recovery = 'trying' | 'away' | 'broken';

/** If a page fails again this soon after an automatic retry, the page itself is at fault. */
const AGAIN_WITHIN_MS = 15_000;
let triedAt = 0;

/**
 * For a page that could not be rendered. If the server or its database is restarting, waits for them and then renders the page again. An
 * error of the page itself is retried once.
 */
export function useRecovery(reset: () => void): { recovery: Recovery; retry: () => void } {
  const router = useRouter();
  const [recovery, setRecovery] = useState<Recovery>('trying');
  const retry = useCallback(() => {
    startTransition(() => {
      router.refresh();
      reset();
    });
  }, [router, reset]);
  useEffect(() => {
    const controller = new AbortController();
    let wasAway = false;
    const onAway = (): void => {
      wasAway = true;
      setRecovery('away');
    };
    void untilServerIsThere(controller.signal, onAway).then((isThere) => {
      if (!isThere) return;
      if (!wasAway && Date.now() - triedAt < AGAIN_WITHIN_MS) return setRecovery('broken');
      triedAt = Date.now();
      retry();
    });
    return () => controller.abort();
  }, [retry]);
  return { recovery, retry };
}
