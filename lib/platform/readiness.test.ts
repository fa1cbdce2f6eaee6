import { afterEach, expect, it, vi } from 'vitest';
import { checkReadiness } from './readiness';
import { findReadiness } from './workers';

vi.mock('./workers', () => ({ findReadiness: vi.fn() }));
afterEach(() => {
  vi.useRealTimers();
});

const NOTHING = { ready: false, checks: { database: false, queue: false, worker: false } };

it('reports the database as missing when it cannot be reached', async () => {
  vi.mocked(findReadiness).mockRejectedValue(new Error('connection refused'));
  expect(await checkReadiness()).toEqual(NOTHING);
});

it('does not wait for a database that never answers', async () => {
  vi.useFakeTimers();
  vi.mocked(findReadiness).mockReturnValue(new Promise(() => undefined));
  const checking = checkReadiness();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(await checking).toEqual(NOTHING);
});
