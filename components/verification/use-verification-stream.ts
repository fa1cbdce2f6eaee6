'use client';

import { useState } from 'react';
import type { StreamKind } from '@/components/ui/connection/listen';
import { useEventStream } from '@/components/ui/connection/use-event-stream';
import type { VerificationView } from '@/lib/verdict/verification';
import { parseVerification } from './is-verification-view';

export type StreamState = 'connecting' | 'live' | 'reconnecting' | 'final';

const VERIFICATION_STREAM: StreamKind<VerificationView> = {
  event: 'verification',
  parse: parseVerification,
  isLast: ({ status }) => status !== 'pending',
};

/** The current state of a verification. Give the component the verification's id as its `key`, because a stream follows only one. */
export function useVerificationStream(initial: VerificationView, url: string): { view: VerificationView; state: StreamState } {
  const isFinal = initial.status !== 'pending';
  const [view, setView] = useState(initial);
  const [state, setState] = useState<StreamState>(isFinal ? 'final' : 'connecting');
  useEventStream(VERIFICATION_STREAM, {
    url: isFinal ? null : url,
    onState: (now) => {
      setView(now);
      setState(now.status === 'pending' ? 'live' : 'final');
    },
    onLine: (isUp) => setState(isUp ? 'live' : 'reconnecting'),
  });
  return { view, state };
}
