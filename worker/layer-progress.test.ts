import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeLayers } from '@/tests/database/fake-answers';
import { createLayerProgress } from './tasks/verifications';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const layers = fakeLayers();
const unexpected = (error: unknown): never => expect.unreachable(String(error));

it('layers that arrive within one interval are one write', async () => {
  const write = vi.fn(() => Promise.resolve());
  const progress = createLayerProgress({ write, everyMs: 50, onError: unexpected });
  for (const layer of layers.slice(0, 5)) progress.add(layer);
  await vi.advanceTimersByTimeAsync(50);
  for (const layer of layers.slice(5)) progress.add(layer);
  await vi.advanceTimersByTimeAsync(50);
  expect(write.mock.calls).toEqual([[layers.slice(0, 5)], [layers]]);
});

it('a check that ends before the first interval writes nothing', async () => {
  const write = vi.fn(() => Promise.resolve());
  const progress = createLayerProgress({ write, everyMs: 50, onError: unexpected });
  for (const layer of layers) progress.add(layer);
  await progress.stop();
  await vi.advanceTimersByTimeAsync(500);
  expect(write).not.toHaveBeenCalled();
});

it('never has two writes in progress, and none once it has stopped', async () => {
  let underway = 0;
  let most = 0;
  let writes = 0;
  const write = async (): Promise<void> => {
    writes++;
    most = Math.max(most, ++underway);
    await new Promise((done) => setTimeout(done, 300));
    underway--;
  };
  const progress = createLayerProgress({ write, everyMs: 50, onError: unexpected });
  for (const layer of layers) {
    progress.add(layer);
    await vi.advanceTimersByTimeAsync(60);
  }
  expect(most).toBe(1);
  const stopping = progress.stop();
  await vi.advanceTimersByTimeAsync(300);
  await stopping;
  const writesAtStop = writes;
  expect(underway).toBe(0);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(writes).toBe(writesAtStop);
});

it('a write that fails is reported and the next one is tried', async () => {
  const onError = vi.fn();
  const write = vi.fn(() => Promise.resolve()).mockRejectedValueOnce(new Error('gone'));
  const [first, second] = layers;
  if (!first || !second) throw new Error('no layers');
  const progress = createLayerProgress({ write, everyMs: 50, onError });
  progress.add(first);
  await vi.advanceTimersByTimeAsync(50);
  progress.add(second);
  await vi.advanceTimersByTimeAsync(50);
  await progress.stop();
  expect(onError).toHaveBeenCalledOnce();
  expect(write).toHaveBeenCalledTimes(2);
});
