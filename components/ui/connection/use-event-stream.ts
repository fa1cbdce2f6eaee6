'use client';

import { useEffect, useEffectEvent, useId } from 'react';
import { reportConnection } from './connection';
import { listenToStream, type StreamKind, type StreamListener } from './listen';

interface EventStream<S> extends StreamListener<S> {
  /** Null to listen to nothing. */
  url: string | null;
  /** Whether the page's note reports a broken connection. Components that report it themselves leave this out. */
  isReported?: boolean;
}

/** Follows one thing on the server while the component is mounted. `kind` must be a constant. */
export function useEventStream<S>(kind: StreamKind<S>, { url, isReported = false, onState, onLine }: EventStream<S>): void {
  const reporter = useId();
  const tellState = useEffectEvent(onState);
  const tellLine = useEffectEvent(onLine);
  useEffect(() => {
    if (url === null) return undefined;
    const stop = listenToStream(url, kind, {
      onState: (state) => tellState(state),
      onLine: (isUp) => {
        tellLine(isUp);
        if (isReported) reportConnection(reporter, isUp);
      },
    });
    return () => {
      stop();
      if (isReported) reportConnection(reporter, true);
    };
  }, [kind, url, isReported, reporter]);
}
