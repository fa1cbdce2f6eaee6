'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

const EVERY_MS = 2_000;

/** Reads the page again every two seconds while something on it is under way and somebody can see it; shows nothing itself. */
export function RefreshWhile({ isOn }: { isOn: boolean }) {
  const router = useRouter();
  useEffect(() => {
    if (!isOn) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') router.refresh();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [isOn, router]);
  return null;
}
