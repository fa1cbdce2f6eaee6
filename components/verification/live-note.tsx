'use client';

import { useEffect, useState, type ReactNode } from 'react';
import { LocalTime } from '@/components/ui/local-time';
import type { VerificationView } from '@/lib/verdict/verification';
import type { StreamState } from './use-verification-stream';

export type LivePhase = 'connecting' | 'live' | 'reconnecting' | 'queued' | 'waiting' | 'final';
export type Audience = 'member' | 'visitor';

/** A healthy engine starts within milliseconds. Silence for this long means that it is busy or away. */
const QUEUED_AFTER_MS = 6_000;

/** What is happening, in words for people. The state of the work takes precedence over the state of the connection. */
export function useLivePhase(view: VerificationView, state: StreamState): LivePhase {
  const [isSlow, setIsSlow] = useState(false);
  const hasStarted = view.layers.length > 0 || view.status !== 'pending';
  useEffect(() => {
    if (hasStarted) return undefined;
    const timer = setTimeout(() => setIsSlow(true), QUEUED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [hasStarted]);
  if (view.status !== 'pending') return 'final';
  if (state === 'reconnecting') return 'reconnecting';
  if (view.retryAt !== null) return 'waiting';
  if (!hasStarted && isSlow) return 'queued';
  return state === 'connecting' ? 'connecting' : 'live';
}

const WHERE: Record<Audience, string> = {
  member: 'You can leave this page: the answer will be in your history.',
  visitor: 'Keep this page open to see the answer.',
};

/** The sentence beside a pending badge; undefined once there is a verdict. */
export function liveNote(phase: LivePhase, view: VerificationView, audience: Audience): ReactNode {
  switch (phase) {
    case 'final':
      return undefined;
    case 'connecting':
      return 'Waiting for the first layer.';
    case 'live':
      return 'The layers are answering.';
    case 'reconnecting':
      return `Reconnecting… The check itself goes on. ${WHERE[audience]}`;
    case 'queued':
      return `The engine is busy or away at the moment. Your check is queued and starts automatically. ${WHERE[audience]}`;
    case 'waiting':
      return (
        <>
          No answer yet: the server asked us to come back, it could not be reached, or we limit how much we ask one mail host.
          Next try at {view.retryAt !== null && <LocalTime iso={view.retryAt} />}. {WHERE[audience]}
        </>
      );
  }
}
