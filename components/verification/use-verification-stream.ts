'use client';

import { useEffect, useState } from 'react';
import type { VerificationView } from '@/lib/domain/verification-view';
import { parseVerification } from './is-verification-view';

export type StreamState = 'connecting' | 'live' | 'reconnecting' | 'final';

const RETRY_FIRST_MS = 2_000;
const RETRY_MAX_MS = 30_000;

interface Listener {
  onView: (view: VerificationView) => void;
  onState: (state: StreamState) => void;
}

/**
 * Listens until the final verdict. A browser reconnects by itself after a broken line, but gives up for good on an HTTP
 * error (a proxy's 502 during a deploy), so that case is tried again here with growing pauses. Returns the way to stop.
 */
export function listenToVerification(url: string, { onView, onState }: Listener): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pauseMs = RETRY_FIRST_MS;
  const stop = () => {
    clearTimeout(timer);
    source?.close();
  };
  const open = () => {
    const opened = new EventSource(url);
    source = opened;
    opened.onopen = () => {
      pauseMs = RETRY_FIRST_MS;
      onState('live');
    };
    opened.addEventListener('verification', (event: MessageEvent<string>) => {
      const view = parseVerification(event.data);
      if (view === null) return;
      onView(view);
      onState(view.status === 'pending' ? 'live' : 'final');
      if (view.status !== 'pending') stop();
    });
    opened.onerror = () => {
      onState('reconnecting');
      if (opened.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, pauseMs);
      pauseMs = Math.min(pauseMs * 2, RETRY_MAX_MS);
    };
  };
  open();
  return stop;
}

/** The verification as it stands now. Give the component a `key` of the verification's id: a stream follows one only. */
export function useVerificationStream(initial: VerificationView, url: string): { view: VerificationView; state: StreamState } {
  const isFinal = initial.status !== 'pending';
  const [view, setView] = useState(initial);
  const [state, setState] = useState<StreamState>(isFinal ? 'final' : 'connecting');
  useEffect(() => {
    if (isFinal) return undefined;
    return listenToVerification(url, { onView: setView, onState: setState });
  }, [isFinal, url]);
  return { view, state };
}
