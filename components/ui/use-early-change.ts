'use client';

import { useEffect, useImperativeHandle, useRef, type Ref, type RefObject } from 'react';
import { replayEarlyChange } from './early-events';

/** Gives a control's component what was typed or chosen before the page was hydrated. A ref that the caller passes keeps working. */
export function useEarlyChange<T extends HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(
  outer?: Ref<T>,
): RefObject<T | null> {
  const own = useRef<T>(null);
  useImperativeHandle<T | null, T | null>(outer, () => own.current);
  useEffect(() => {
    if (own.current) replayEarlyChange(own.current);
  }, []);
  return own;
}
