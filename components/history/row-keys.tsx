'use client';

import { useEffect } from 'react';

/** j and k walk through the rows of the tables on the page (elements with `data-row-link`); Enter opens, as on any link. */
export function RowKeys() {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isField = event.target instanceof HTMLElement && event.target.matches('input, textarea, select, [contenteditable]');
      if (isField || event.metaKey || event.ctrlKey || event.altKey || (event.key !== 'j' && event.key !== 'k')) return;
      const links = Array.from(document.querySelectorAll<HTMLElement>('[data-row-link]'));
      const at = links.findIndex((link) => link === document.activeElement);
      const next = event.key === 'j' ? at + 1 : at === -1 ? 0 : at - 1;
      links[Math.min(Math.max(next, 0), links.length - 1)]?.focus();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return null;
}
