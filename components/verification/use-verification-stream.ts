'use client';

import { useEffect, useState } from 'react';
import { listenToStream } from '@/components/ui/connection/listen';
import type { VerificationView } from '@/lib/verdict/verification';
import { parseVerification } from './is-verification-view';

export type StreamState = 'connecting' | 'live' | 'reconnecting' | 'final';

interface Listener {
  onView: (view: VerificationView) => void;
  onState: (state: StreamState) => void;
}

/** Listens until the final verdict. Returns the way to stop. */
export function listenToVerification(url: string, { onView, onState }: Listener): () => void {
  const onData = (text: string): void => {
    const view = parseVerification(text);
    if (view === null) return;
    onView(view);
    onState(view.status === 'pending' ? 'live' : 'final');
    if (view.status !== 'pending') stop();
  };
  const onLine = (isUp: boolean): void => onState(isUp ? 'live' : 'reconnecting');
  const stop = listenToStream(url, { event: 'verification', onData, onLine });
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
