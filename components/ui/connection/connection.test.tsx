// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { formDone, formRefused } from '@/lib/platform/form-state';
import { retryPauseMs } from './connection';
import { ConnectionNote } from './connection-note';
import { waitOutRestarts } from './navigation-fetch';
import { reach, useServerAction } from './reach';
import { useRecovery } from './use-recovery';
import { useRefresh } from './use-refresh';

const router = vi.hoisted(() => ({ refresh: vi.fn() }));
vi.mock('next/navigation', () => ({
  useRouter: () => router,
  unstable_rethrow: (error: unknown) => {
    if (error instanceof Error && error.message === 'NEXT_REDIRECT') throw error;
  },
}));

/** The server's state, as a page experiences it. */
let server: 'there' | 'without its database' | 'away' = 'there';
const asked = vi.fn(() => {
  if (server === 'away') return Promise.reject(new TypeError('Failed to fetch'));
  const database = server === 'there';
  return Promise.resolve(Response.json({ checks: { database } }, { status: database ? 200 : 503 }));
});
const pass = (ms: number): Promise<void> => act(() => vi.advanceTimersByTimeAsync(ms).then(() => undefined));

beforeEach(() => {
  server = 'there';
  asked.mockClear();
  router.refresh.mockClear();
  vi.stubGlobal('fetch', asked);
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function Page() {
  const refresh = useRefresh();
  return (
    <>
      <p>What was known</p>
      <button type="button" onClick={refresh}>
        Refresh
      </button>
      <ConnectionNote />
    </>
  );
}
const pressRefresh = () => fireEvent.click(screen.getByRole('button', { name: 'Refresh' }));
const note = () => screen.queryByText(/Reconnecting/);

describe('a refresh', () => {
  it.each(['away', 'without its database'] as const)('waits for a server that is %s, says so, and catches up', async (how) => {
    server = how;
    render(<Page />);
    pressRefresh();
    await pass(60_000);
    expect(router.refresh).not.toHaveBeenCalled();
    expect(note()).not.toBeNull();
    expect(screen.getByText('What was known')).toBeTruthy();
    server = 'there';
    await pass(10_000);
    expect(router.refresh).toHaveBeenCalledTimes(1);
    expect(note()).toBeNull();
  });

  it('requested many times in the meantime runs once', async () => {
    server = 'away';
    render(<Page />);
    for (let round = 0; round < 5; round++) pressRefresh();
    await pass(1_000);
    server = 'there';
    await pass(10_000);
    expect(router.refresh).toHaveBeenCalledTimes(1);
  });

  it('ends with the page, and so does its note', async () => {
    server = 'away';
    render(<Page />).unmount();
    render(<Page />);
    await pass(30_000);
    expect(asked).not.toHaveBeenCalled();
    pressRefresh();
    await pass(2_000);
    cleanup();
    const before = asked.mock.calls.length;
    await pass(60_000);
    expect(asked.mock.calls.length).toBe(before);
  });

  it('does not report a pause too short to be noticed', async () => {
    server = 'away';
    render(<Page />);
    pressRefresh();
    await pass(200);
    server = 'there';
    await pass(1_000);
    expect(note()).toBeNull();
    expect(router.refresh).toHaveBeenCalledTimes(1);
  });
});

describe('a request of Next’s', () => {
  const page = vi.fn<typeof fetch>(() =>
    server === 'there' ? Promise.resolve(new Response('the page')) : Promise.reject(new TypeError('Failed to fetch')),
  );
  const request = (init: RequestInit) => waitOutRestarts(page)(new URL('/lists', location.href), init);
  const navigation = { headers: { rsc: '1' } };
  beforeEach(() => {
    page.mockClear();
    server = 'away';
  });

  it('for a page waits until the server is back, and says so', async () => {
    render(<Page />);
    const answer = request(navigation).then((response) => response.text());
    await pass(30_000);
    expect(note()).not.toBeNull();
    server = 'there';
    await pass(10_000);
    expect(await answer).toBe('the page');
    expect(note()).toBeNull();
  });

  it('for this page is sent again if it breaks off in the middle', async () => {
    server = 'there';
    const torn = new ReadableStream({ pull: (controller) => controller.error(new TypeError('network error')) });
    page.mockResolvedValueOnce(new Response(torn));
    const answer = waitOutRestarts(page)(location.href, navigation).then((response) => response.text());
    await pass(1_000);
    expect(await answer).toBe('the page');
  });

  it.each([
    ['changes something', { method: 'POST', headers: { rsc: '1' } }],
    ['is only a prefetch', { headers: { rsc: '1', 'next-router-prefetch': '1' } }],
    ['is no page', {}],
  ])('that %s fails at once', async (_what, init) => {
    await expect(request(init)).rejects.toThrow('Failed to fetch');
    expect(page).toHaveBeenCalledTimes(1);
  });

  it('that fails although the server is there is left to Next', async () => {
    server = 'there';
    page.mockRejectedValue(new TypeError('Failed to fetch'));
    const answer = expect(request(navigation)).rejects.toThrow('Failed to fetch');
    await pass(60_000);
    await answer;
    expect(page.mock.calls.length).toBeLessThan(10);
    expect(note()).toBeNull();
  });
});

it('pauses grow up to a limit, and differ between pages', () => {
  const pauses = (random: number) => {
    vi.spyOn(Math, 'random').mockReturnValue(random);
    return [0, 1, 2, 9, 99].map(retryPauseMs);
  };
  expect(pauses(1)).toEqual([500, 1_000, 2_000, 10_000, 10_000]);
  expect(pauses(0)).toEqual([250, 500, 1_000, 5_000, 5_000]);
});

describe('a call of the server', () => {
  const call = (error: Error) =>
    reach(
      () => Promise.reject(error),
      (problem) => problem,
    );

  it('that never arrived, or failed on the server, becomes a sentence', async () => {
    expect(await call(new TypeError('Failed to fetch'))).toContain('couldn’t reach the server');
    expect(await call(Object.assign(new Error('hidden'), { digest: '1' }))).toContain('on our side');
  });

  it('that redirects still does', async () => {
    await expect(call(new Error('NEXT_REDIRECT'))).rejects.toThrow('NEXT_REDIRECT');
  });

  it('from a form keeps what was typed, whatever the outcome', async () => {
    const answers = [() => Promise.reject(new TypeError('Failed to fetch')), () => Promise.resolve(formRefused('No.'))];
    function Form() {
      const { state, onSubmit } = useServerAction((_before, form) => {
        expect(form.get('name')).toBe('typed');
        return (answers.shift() ?? (() => Promise.resolve(formDone())))();
      });
      return (
        <form onSubmit={onSubmit} aria-label={state.status}>
          <input aria-label="Name" name="name" defaultValue="" />
          <button type="submit">Send</button>
        </form>
      );
    }
    render(<Form />);
    fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'typed' } });
    for (const state of ['idle', 'failed', 'done']) {
      fireEvent.click(screen.getByRole('button', { name: 'Send' }));
      await pass(0);
      expect(screen.getByRole('form').getAttribute('aria-label')).toBe(state);
      expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('typed');
    }
  });
});

describe('a page that could not be rendered', () => {
  function Broken({ reset }: { reset: () => void }) {
    return <p>{useRecovery(reset).recovery}</p>;
  }

  it('waits for the server and is rendered again; an error of the page itself is retried once', async () => {
    const reset = vi.fn();
    server = 'away';
    const first = render(<Broken reset={reset} />);
    await pass(20_000);
    expect(screen.getByText('away')).toBeTruthy();
    expect(reset).not.toHaveBeenCalled();
    server = 'there';
    await pass(10_000);
    expect(reset).toHaveBeenCalledTimes(1);
    first.unmount();
    render(<Broken reset={reset} />);
    await pass(100);
    expect(screen.getByText('broken')).toBeTruthy();
    expect(reset).toHaveBeenCalledTimes(1);
    cleanup();
    // Much later, a failure counts as a new one.
    await pass(60_000);
    render(<Broken reset={reset} />);
    await pass(100);
    expect(reset).toHaveBeenCalledTimes(2);
  });
});
