'use client';

import { useSyncExternalStore } from 'react';

const noChanges = () => () => undefined;

/** A moment in the reader's time zone. The server doesn't know it, so it renders UTC. A day without a time is the same day everywhere. */
export function LocalTime({ iso, show = 'time' }: { iso: string; show?: 'time' | 'date' | 'both' }) {
  const isClient = useSyncExternalStore(
    noChanges,
    () => true,
    () => false,
  );
  const date = new Date(iso);
  const zone = isClient && iso.includes('T') ? {} : { timeZone: 'UTC' };
  const dateWords = date.toLocaleDateString('en-US', { day: 'numeric', month: 'short', year: 'numeric', ...zone });
  const timeWords = date.toLocaleTimeString('en-US', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...zone });
  const words = show === 'time' ? timeWords : show === 'date' ? dateWords : `${dateWords}, ${timeWords}`;
  return (
    <time dateTime={iso} title={iso}>
      {words}
      {!isClient && show !== 'date' && ' UTC'}
    </time>
  );
}
