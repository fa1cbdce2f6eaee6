import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { STREAM_KEEP_ALIVE_MS, STREAM_MAX_AGE_MS } from '../limits';
import { readEvents } from '@/tests/api/read-events';
import { EventStream } from './follow';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const open = (signal = new AbortController().signal) => {
  const stream = new EventStream(signal);
  const ended = vi.fn();
  stream.onEnd(ended);
  return { stream, ended };
};

describe('a stream of events', () => {
  it('says when to reconnect, sends states as JSON in order, and ends after the last', async () => {
    const { stream, ended } = open();
    stream.send('state', { n: 1, text: 'two\nlines' });
    stream.send('state', { n: 2 });
    stream.finish();
    expect(await stream.response.text()).toBe(
      'retry: 2000\n\nevent: state\ndata: {"n":1,"text":"two\\nlines"}\n\nevent: state\ndata: {"n":2}\n\n',
    );
    expect(ended).toHaveBeenCalledOnce();
  });

  it('sends each state once to a reader who waits for it', async () => {
    const { stream } = open();
    const reading = readEvents(stream.response);
    for (const n of [1, 2, 3]) {
      await vi.advanceTimersByTimeAsync(1);
      stream.send('state', n);
    }
    stream.finish();
    expect(await reading).toEqual([1, 2, 3].map((data) => ({ event: 'state', data })));
  });

  it('keeps only the newest state for a reader who is too slow, and never loses the last one', async () => {
    const { stream, ended } = open();
    for (let n = 1; n <= 1_000; n++) stream.send('state', { n });
    stream.finish();
    expect(ended).not.toHaveBeenCalled();
    const events = await readEvents(stream.response);
    expect(events.length).toBeLessThan(10);
    expect(events.at(-1)).toEqual({ event: 'state', data: { n: 1_000 } });
    expect(ended).toHaveBeenCalledOnce();
  });

  it('sends a keep-alive every 15 seconds and none after its end', async () => {
    const { stream } = open();
    const reader = stream.response.body?.pipeThrough(new TextDecoderStream()).getReader();
    await reader?.read();
    const next = reader?.read();
    await vi.advanceTimersByTimeAsync(STREAM_KEEP_ALIVE_MS);
    expect(await next).toEqual({ done: false, value: ': keep-alive\n\n' });
    stream.finish();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends at its maximum age', async () => {
    const { stream, ended } = open();
    await vi.advanceTimersByTimeAsync(STREAM_MAX_AGE_MS);
    expect(ended).toHaveBeenCalledOnce();
    await expect(stream.response.text()).resolves.toContain('retry');
  });

  it('ends once when the client is gone, by signal or by canceling, and drops later states', async () => {
    const client = new AbortController();
    const gone = open(client.signal);
    client.abort();
    gone.stream.send('state', 1);
    gone.stream.finish();
    expect(gone.ended).toHaveBeenCalledOnce();

    const cancelled = open();
    await cancelled.stream.response.body?.cancel();
    cancelled.stream.send('state', 1);
    cancelled.stream.finish();
    expect(cancelled.ended).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends at once for a client that left before it began, and reports that to later callers', () => {
    const { ended } = open(AbortSignal.abort());
    expect(ended).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });
});
