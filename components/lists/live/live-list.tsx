'use client';

import { useEffect, useRef } from 'react';
import { PRODUCT_NAME } from '@/components/shell/logo';
import { useRefresh } from '@/components/ui/connection/use-refresh';
import type { ListView } from '@/lib/lists/rules/view';
import { listTitle } from '../list-progress';
import { ListSentence } from './list-sentence';
import { ProgressCard } from './progress-card';
import { useListStream } from './use-list-stream';

/** The tables below are read again at most this often while verdicts come in. */
const REFRESH_EVERY_MS = 2_500;

/** The counts of a list as they change. What the server renders beside them follows: at once when the status changes. */
export function LiveList({ rendered }: { rendered: ListView }) {
  const refresh = useRefresh();
  const { list, isLineUp } = useListStream(rendered);
  const refreshedAt = useRef(0);
  const isNews = list.version > rendered.version;
  const isNewState = list.status !== rendered.status;
  useEffect(() => {
    if (!isNews) return undefined;
    const wait = isNewState ? 0 : Math.max(0, refreshedAt.current + REFRESH_EVERY_MS - Date.now());
    const timer = setTimeout(() => {
      if (document.visibilityState !== 'visible') return;
      refreshedAt.current = Date.now();
      refresh();
    }, wait);
    return () => clearTimeout(timer);
  }, [isNews, isNewState, rendered.version, refresh]);
  // The page around the list is read at the same moment and may be a step behind it, with the credits of before.
  const seenState = useRef(rendered.status);
  useEffect(() => {
    if (seenState.current === rendered.status) return;
    seenState.current = rendered.status;
    refresh();
  }, [rendered.status, refresh]);
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') refresh();
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [refresh]);
  // A tab in the background is not refreshed, but its title is still in view.
  useEffect(() => {
    document.title = `${listTitle(list)} · ${PRODUCT_NAME}`;
  }, [list]);
  return <ProgressCard list={list} isLineUp={isLineUp} sentence={<ListSentence list={list} />} />;
}
