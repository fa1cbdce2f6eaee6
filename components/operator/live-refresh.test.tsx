// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LiveRefresh } from './live-refresh';

const router = vi.hoisted(() => ({ refresh: vi.fn() }));
vi.mock('next/navigation', () => ({ useRouter: () => router }));

const wait = (seconds: number): void => {
  act(() => void vi.advanceTimersByTime(seconds * 1_000));
};
const setVisible = (state: DocumentVisibilityState) => vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);

beforeEach(() => {
  vi.useFakeTimers();
  router.refresh.mockClear();
  setVisible('visible');
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it('reads the page again every ten seconds', () => {
  render(<LiveRefresh />);
  wait(30);
  expect(router.refresh).toHaveBeenCalledTimes(3);
});

it('asks for nothing while nobody sees the page, and at once when somebody does again', () => {
  render(<LiveRefresh />);
  setVisible('hidden');
  wait(60);
  expect(router.refresh).not.toHaveBeenCalled();
  setVisible('visible');
  fireEvent(document, new Event('visibilitychange'));
  expect(router.refresh).toHaveBeenCalledTimes(1);
});

it('stands still when told to, and goes on when told to', () => {
  render(<LiveRefresh />);
  fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
  wait(60);
  expect(router.refresh).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: 'Go on' }));
  wait(10);
  expect(router.refresh).toHaveBeenCalledTimes(1);
});

it('stops when the page is left', () => {
  render(<LiveRefresh />).unmount();
  wait(60);
  expect(router.refresh).not.toHaveBeenCalled();
});
