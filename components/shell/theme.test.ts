// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EARLY_EVENTS_SCRIPT } from '@/components/ui/early-events';
import { THEME_SCRIPT } from './theme';

const root = document.documentElement;
let tellSystem: () => void;
let page: AbortController;

/** Runs the page's inline script in a browser whose system theme is dark or light. */
function open(isDark: boolean): { matches: boolean } {
  const system = { matches: isDark, addEventListener: (_: string, told: () => void) => (tellSystem = told) };
  vi.stubGlobal('matchMedia', () => system);
  root.className = 'font';
  window.eval(`${THEME_SCRIPT};${EARLY_EVENTS_SCRIPT}`);
  return system;
}

beforeEach(() => {
  localStorage.clear();
  document.body.innerHTML = '<button type="button" data-theme-switch><svg></svg></button>';
  page = new AbortController();
  // The listeners of a test's page are removed when the test ends.
  const listen = window.addEventListener.bind(window);
  vi.spyOn(window, 'addEventListener').mockImplementation((kind: string, listener: EventListenerOrEventListenerObject) =>
    listen(kind, listener, { capture: true, signal: page.signal }),
  );
});
afterEach(() => {
  page.abort();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it('follows the system, even when it changes, until somebody chooses', () => {
  const system = open(true);
  expect([...root.classList]).toEqual(['font', 'dark']);
  system.matches = false;
  tellSystem();
  expect([...root.classList]).toEqual(['font', 'light']);
  localStorage.setItem('theme', 'dark');
  tellSystem();
  expect(root.classList.contains('dark')).toBe(true);
});

it('the chosen theme is set before the first paint, and follows a choice in another tab', () => {
  localStorage.setItem('theme', 'light');
  open(true);
  expect(root.classList.contains('light')).toBe(true);
  localStorage.setItem('theme', 'dark');
  window.dispatchEvent(new StorageEvent('storage', { key: 'theme' }));
  expect(root.classList.contains('dark')).toBe(true);
});

it('the switch works before the page is hydrated, and its press is not repeated afterwards', () => {
  open(false);
  document.querySelector('svg')?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
  expect(root.classList.contains('dark')).toBe(true);
  expect(localStorage.getItem('theme')).toBe('dark');
  expect(window.earlyEvents?.presses).toEqual([]);
});

it('a page that brings its own document element’s class can ask for the theme again', () => {
  localStorage.setItem('theme', 'dark');
  open(false);
  root.className = 'font';
  window.showTheme?.();
  expect([...root.classList]).toEqual(['font', 'dark']);
});
