// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeList } from '../fake-list';
import { LiveList } from './live-list';

const refresh = vi.hoisted(() => vi.fn());
vi.mock('next/navigation', () => ({
  useRouter: () => ({ push: vi.fn() }),
  usePathname: () => '/lists/lst_1',
  useSearchParams: () => new URLSearchParams(),
}));
vi.mock('@/components/ui/connection/use-refresh', () => ({ useRefresh: () => refresh }));

class SilentStream extends EventTarget {
  close(): void {
    // Nothing to close: this source never delivers an event.
  }
}

beforeEach(() => {
  refresh.mockClear();
  vi.stubGlobal('EventSource', SilentStream);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('refreshes the page once more when its status changes, because the rest of the page was read at the same time', () => {
  const running = fakeList({ status: 'running' });
  const view = render(<LiveList rendered={running} />);
  view.rerender(<LiveList rendered={{ ...running, version: running.version + 1 }} />);
  expect(refresh).not.toHaveBeenCalled();
  const completed = { ...running, status: 'completed', version: running.version + 2 } as const;
  view.rerender(<LiveList rendered={completed} />);
  expect(refresh).toHaveBeenCalledTimes(1);
  view.rerender(<LiveList rendered={completed} />);
  expect(refresh).toHaveBeenCalledTimes(1);
});
