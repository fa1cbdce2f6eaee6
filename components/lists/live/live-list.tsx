'use client';

import { useEffect, useRef } from 'react';
import { PRODUCT_NAME } from '@/components/shell/logo';
import { useRefresh } from '@/components/ui/connection/use-refresh';
import type { ListView } from '@/lib/lists/rules/view';
import { listTitle } from '../list-progress';
import { ListSentence } from './list-sentence';
import { ProgressCard } from './progress-card';
import { useListStream } from './use-list-stream';

/** While verdicts come in, the tables below are refreshed at most this often. */
const REFRESH_EVERY_MS = 2_500;

/** Shows the counts of a list live. What the server renders around them follows, immediately if the status changes. */
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
  // The rest of the page was read at about the same moment and can be one step behind, with the old credits. So refresh once more.
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
  // A background tab is not refreshed, but its title is still visible.
  useEffect(() => {
    document.title = `${listTitle(list)} · ${PRODUCT_NAME}`;
  }, [list]);
  return <ProgressCard list={list} isLineUp={isLineUp} sentence={<ListSentence list={list} />} />;
}
