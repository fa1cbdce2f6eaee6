'use client';

import { useEffect, useEffectEvent, useId } from 'react';
import { reportConnection } from './connection';
import { listenToStream, type StreamKind, type StreamListener } from './listen';

interface EventStream<S> extends StreamListener<S> {
  /** Null: nothing is listened to. */
  url: string | null;
  /** Whether the page says so when the line is down; a component that says it itself leaves this out. */
  isReported?: boolean;
}

/** Follows one thing on the server while the component is there. `kind` is a constant. */
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
