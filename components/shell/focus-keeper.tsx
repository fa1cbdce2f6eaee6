'use client';

import { useEffect } from 'react';
import { nextFocus } from './next-focus';

/**
 * The element that last had the focus, followed by its ancestors. Outlives a page's layout, because signing in leads from one layout to
 * another.
 */
let last: Element[] = [];
/** The page's frame, which has the focus until the page has a title. */
let stopgap: Element | null = null;

/**
 * When the focused element disappears (a chosen file replaces the drop zone, a started list replaces its quote), the browser moves the
 * focus to the body, and keyboard users would start at the top of the page again. This component moves the focus to where the work
 * continues.
 */
export function FocusKeeper() {
  useEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      if (target instanceof Element && target !== stopgap) last = ancestorsOf(target);
    };
    const look = () => {
      const [lost] = last;
      const { activeElement: active } = document;
      if (lost === undefined || lost.isConnected || (active !== document.body && active !== stopgap)) return;
      const next = nextFocus(last);
      if (next === null || next === active) return;
      stopgap = next.id === 'main' ? next : null;
      next.focus();
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

/** The element and its ancestors, innermost first. Collected early, because a removed element no longer knows where it was. */
function ancestorsOf(element: Element): Element[] {
  const found: Element[] = [];
  for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) found.push(at);
  return found;
}
