// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LiveRefresh } from './live-refresh';

const router = vi.hoisted(() => ({ refresh: vi.fn() }));
vi.mock('next/navigation', () => ({ useRouter: () => router }));

const wait = (seconds: number): Promise<void> => act(() => vi.advanceTimersByTimeAsync(seconds * 1_000).then(() => undefined));
const setVisible = (state: DocumentVisibilityState) => vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);

beforeEach(() => {
  vi.useFakeTimers();
  router.refresh.mockClear();
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ checks: { database: true } })));
  setVisible('visible');
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('refreshes the page every ten seconds', async () => {
  render(<LiveRefresh />);
  await wait(30);
  expect(router.refresh).toHaveBeenCalledTimes(3);
});

it('does not refresh while the page is hidden, and refreshes at once when it is visible again', async () => {
  render(<LiveRefresh />);
  setVisible('hidden');
  await wait(60);
  expect(router.refresh).not.toHaveBeenCalled();
  setVisible('visible');
  fireEvent(document, new Event('visibilitychange'));
  await wait(0);
  expect(router.refresh).toHaveBeenCalledTimes(1);
});

it('pauses and resumes on request', async () => {
  render(<LiveRefresh />);
  fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
  await wait(60);
  expect(router.refresh).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: 'Resume' }));
  await wait(10);
  expect(router.refresh).toHaveBeenCalledTimes(1);
});

it('stops when the page is left', async () => {
  render(<LiveRefresh />).unmount();
  await wait(60);
  expect(router.refresh).not.toHaveBeenCalled();
});
