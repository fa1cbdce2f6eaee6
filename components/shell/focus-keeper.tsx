'use client';

import { useEffect } from 'react';
import { nextFocus } from './next-focus';

/** What had the focus last, from the inside out. Outlives the layout of a page: from the form that signs in one goes to the app. */
let last: Element[] = [];

/**
 * Where what had the focus goes away (a chosen file takes the place of the drop zone, a started list that of its quote), the browser drops
 * the focus to the body, and a keyboard begins at the top of the page again. This puts it where the work goes on.
 */
export function FocusKeeper() {
  useEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      if (target instanceof Element) last = ancestorsOf(target);
    };
    const look = () => {
      const [lost] = last;
      if (lost === undefined || lost.isConnected || document.activeElement !== document.body) return;
      nextFocus(last)?.focus();
    };
    const observer = new MutationObserver(look);
    document.addEventListener('focusin', remember);
    observer.observe(document.body, { childList: true, subtree: true });
    look();
    return () => {
      document.removeEventListener('focusin', remember);
      observer.disconnect();
    };
  }, []);
  return null;
}

/** Itself first: after it was removed nothing tells any more where it stood. */
function ancestorsOf(element: Element): Element[] {
  const found: Element[] = [];
  for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) found.push(at);
  return found;
}
