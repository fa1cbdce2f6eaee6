'use client';

import { useEffect, useState } from 'react';
import { isSettled } from '@/lib/domain/list';
import type { ListView } from '@/lib/domain/list-view';
import { parseList } from './is-list-view';

const RETRY_FIRST_MS = 2_000;
const RETRY_MAX_MS = 30_000;

interface Listener {
  onList: (list: ListView) => void;
  onLine: (isUp: boolean) => void;
}

/** Listens until the list is settled. What a browser does not try again by itself (an HTTP error) is tried again here. */
export function listenToList(url: string, { onList, onLine }: Listener): () => void {
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
      onLine(true);
    };
    opened.addEventListener('list', (event: MessageEvent<string>) => {
      const list = parseList(event.data);
      if (list === null) return;
      onList(list);
      if (isSettled(list.state)) stop();
    });
    opened.onerror = () => {
      onLine(false);
      if (opened.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, pauseMs);
      pauseMs = Math.min(pauseMs * 2, RETRY_MAX_MS);
    };
  };
  open();
  return stop;
}

/** The list as it stands now: what the server rendered, or what the stream said since, whichever is newer. */
export function useListStream(rendered: ListView): { list: ListView; isLineUp: boolean } {
  const [heard, setHeard] = useState(rendered);
  const [isLineUp, setLineUp] = useState(true);
  const isOver = isSettled(rendered.state);
  useEffect(() => {
    if (isOver) return undefined;
    return listenToList(`/api/lists/${rendered.id}/events`, { onList: setHeard, onLine: setLineUp });
  }, [isOver, rendered.id]);
  const list = heard.id === rendered.id && heard.version > rendered.version ? heard : rendered;
  return { list, isLineUp: isLineUp || isSettled(list.state) };
}
