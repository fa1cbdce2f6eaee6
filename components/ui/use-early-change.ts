'use client';

import { useEffect, useImperativeHandle, useRef, type Ref, type RefObject } from 'react';
import { replayEarlyChange } from './early-events';

/** For a control: hands its component what was typed or chosen before the page was alive. Keeps a ref of the caller's working. */
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
