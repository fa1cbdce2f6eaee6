'use client';

import { useRefreshEvery } from '@/components/ui/connection/use-refresh';

const EVERY_MS = 3_000;

/** Refreshes the page every few seconds while one of its lists is at work and the page is visible. */
export function ListsRefresh({ isActive }: { isActive: boolean }) {
  useRefreshEvery(EVERY_MS, isActive);
  return null;
}
