'use client';

import { useRefreshEvery } from '@/components/ui/connection/use-refresh';

const EVERY_MS = 3_000;

/** Reads the page again every few seconds while a list on it is at work and somebody can see it. */
export function ListsRefresh({ isActive }: { isActive: boolean }) {
  useRefreshEvery(EVERY_MS, isActive);
  return null;
}
