'use client';

import { useSyncExternalStore } from 'react';

const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;
const TICK_MS = 30_000;

/** "3 minutes ago", "in 2 days", "just now". */
export function relativeWords(iso: string, now: number): string {
  const seconds = Math.round((Date.parse(iso) - now) / 1_000);
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  for (const [unit, size] of UNITS) {
    const count = seconds / size;
    // What lies ahead is rounded: 90 days less a second are three months.
    if (Math.abs(seconds) >= size) return words.format(seconds > 0 ? Math.round(count) : Math.trunc(count), unit);
  }
  return seconds > 10 ? 'in a moment' : 'just now';
}

let now = 0;
const subscribe = (notify: () => void) => {
  now = Date.now();
  const timer = setInterval(() => {
    now = Date.now();
    notify();
  }, TICK_MS);
  return () => clearInterval(timer);
};
// Changes only with a tick, so that all times on a page change together and the snapshot is stable in between.
const readNow = () => (now === 0 ? (now = Date.now()) : now);
const readServerNow = () => 0;

/** A moment in relative words, with the exact time on hover. The server renders the date, because it doesn't know the reader's clock. */
export function RelativeTime({ iso }: { iso: string }) {
  const current = useSyncExternalStore(subscribe, readNow, readServerNow);
  const isServer = current === 0;
  return (
    <time dateTime={iso} title={isServer ? iso : new Date(iso).toLocaleString()} suppressHydrationWarning>
      {isServer ? iso.slice(0, 10) : relativeWords(iso, current)}
    </time>
  );
}
