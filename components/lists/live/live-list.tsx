'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import type { ListView } from '@/lib/domain/list-view';
import { ListSentence } from './list-sentence';
import { ProgressCard } from './progress-card';
import { useListStream } from './use-list-stream';

/** The tables below are read anew at most this often while verdicts come in. */
const REFRESH_EVERY_MS = 2_500;

/** The counts of a list as they change. What the server renders beside them follows: at once when the state changes. */
export function LiveList({ rendered }: { rendered: ListView }) {
  const router = useRouter();
  const { list, isLineUp } = useListStream(rendered);
  const refreshedAt = useRef(0);
  const isNews = list.version > rendered.version;
  const isNewState = list.state !== rendered.state;
  useEffect(() => {
    if (!isNews) return undefined;
    const wait = isNewState ? 0 : Math.max(0, refreshedAt.current + REFRESH_EVERY_MS - Date.now());
    const timer = setTimeout(() => {
      if (document.visibilityState !== 'visible') return;
      refreshedAt.current = Date.now();
      router.refresh();
    }, wait);
    return () => clearTimeout(timer);
  }, [isNews, isNewState, rendered.version, router]);
  useEffect(() => {
    const refresh = () => {
      if (document.visibilityState === 'visible') router.refresh();
    };
    document.addEventListener('visibilitychange', refresh);
    return () => document.removeEventListener('visibilitychange', refresh);
  }, [router]);
  return <ProgressCard list={list} isLineUp={isLineUp} sentence={<ListSentence list={list} />} />;
}
