'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

const EVERY_MS = 5_000;
/** A payment that has not come by then takes days, not moments. */
const TIMES = 24;

/** Reads the page again while the answer is on its way; ends with the page that shows it. */
export function RefreshUntilDone() {
  const router = useRouter();
  useEffect(() => {
    let left = TIMES;
    const timer = setInterval(() => {
      if (--left < 0) return clearInterval(timer);
      if (document.visibilityState === 'visible') router.refresh();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [router]);
  return null;
}
