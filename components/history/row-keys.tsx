'use client';

import { useEffect } from 'react';

/**
 * Makes whole rows of the page's tables clickable: a click anywhere in a row is a click on its link (the element with `data-row-link`), and
 * opens a new tab with the middle button or Ctrl. j and k move through the rows; Enter opens, as on any link.
 */
export function RowKeys() {
  useEffect(() => {
    document.addEventListener('keydown', walk);
    document.addEventListener('click', open);
    document.addEventListener('auxclick', open);
    return () => {
      document.removeEventListener('keydown', walk);
      document.removeEventListener('click', open);
      document.removeEventListener('auxclick', open);
    };
  }, []);
  return null;
}

function walk(event: KeyboardEvent): void {
  const isField = event.target instanceof HTMLElement && event.target.matches('input, textarea, select, [contenteditable]');
  if (isField || event.metaKey || event.ctrlKey || event.altKey || (event.key !== 'j' && event.key !== 'k')) return;
  const links = Array.from(document.querySelectorAll<HTMLElement>('[data-row-link]'));
  const at = links.findIndex((link) => link === document.activeElement);
  const next = event.key === 'j' ? at + 1 : at === -1 ? 0 : at - 1;
  links[Math.min(Math.max(next, 0), links.length - 1)]?.focus();
}

const MIDDLE = 1;

function open(event: MouseEvent): void {
  const { target, button } = event;
  if (event.defaultPrevented || !(target instanceof Element) || (button !== 0 && button !== MIDDLE)) return;
  // The clicked element has its own action, or text was selected to be copied.
  if (target.closest('a, button, input, select, textarea, label, summary') !== null) return;
  if (window.getSelection()?.isCollapsed === false) return;
  const link = target.closest('tr')?.querySelector<HTMLAnchorElement>('a[data-row-link]');
  if (link === null || link === undefined) return;
  const isNewTab = button === MIDDLE || event.ctrlKey || event.metaKey || event.shiftKey;
  if (isNewTab) window.open(link.href, '_blank', 'noopener');
  else link.click();
}
