'use client';

import { useEffect, useId, useState } from 'react';
import { reportConnection } from '@/components/ui/connection/connection';
import { listenToStream } from '@/components/ui/connection/listen';
import { isSettled } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';
import { parseList } from './is-list-view';

interface Listener {
  onList: (list: ListView) => void;
  onLine: (isUp: boolean) => void;
}

/** Listens until the list is settled. */
export function listenToList(url: string, { onList, onLine }: Listener): () => void {
  const onData = (text: string): void => {
    const list = parseList(text);
    if (list === null) return;
    onList(list);
    if (isSettled(list.status)) stop();
  };
  const stop = listenToStream(url, { event: 'list', onData, onLine });
  return stop;
}

/** The list as it stands now: what the server rendered, or what the stream said since, whichever is newer. */
export function useListStream(rendered: ListView): { list: ListView; isLineUp: boolean } {
  const [heard, setHeard] = useState(rendered);
  const [isLineUp, setLineUp] = useState(true);
  const reporter = useId();
  const isOver = isSettled(rendered.status);
  useEffect(() => {
    if (isOver) return undefined;
    const onLine = (isUp: boolean): void => {
      setLineUp(isUp);
      reportConnection(reporter, isUp);
    };
    const stop = listenToList(`/api/lists/${rendered.id}/events`, { onList: setHeard, onLine });
    return () => {
      stop();
      reportConnection(reporter, true);
    };
  }, [isOver, rendered.id, reporter]);
  const list = heard.id === rendered.id && heard.version > rendered.version ? heard : rendered;
  return { list, isLineUp: isLineUp || isSettled(list.status) };
}
