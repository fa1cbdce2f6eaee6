import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { listenToStream } from '@/components/ui/connection/listen';
import { FakeEventSource } from '@/components/verification/fake-event-source';
import type { ListView } from '@/lib/lists/rules/view';
import { fakeList } from '../fake-list';
import { LIST_STREAM } from './use-list-stream';

beforeEach(() => {
  FakeEventSource.opened = [];
  vi.stubGlobal('EventSource', FakeEventSource);
  vi.useFakeTimers();
  // Each random pause takes its longest value.
  vi.spyOn(Math, 'random').mockReturnValue(1);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function listen() {
  const heard: ListView[] = [];
  const lines: boolean[] = [];
  const stop = listenToStream('/events', LIST_STREAM, {
    onState: (list) => heard.push(list),
    onLine: (isUp) => lines.push(isUp),
  });
  return { heard, lines, stop };
}
const say = (data: string) => FakeEventSource.opened.at(-1)?.dispatchEvent(new MessageEvent('list', { data }));

it('accepts lists, and ignores everything else', () => {
  const { heard } = listen();
  say(JSON.stringify(fakeList({ status: 'running' })));
  say('no JSON');
  say('{"id":"x"}');
  expect(heard.map(({ status }) => status)).toEqual(['running']);
});

it('stops listening after the last status', () => {
  listen();
  say(JSON.stringify(fakeList({ status: 'completed' })));
  expect(FakeEventSource.opened[0]?.readyState).toBe(FakeEventSource.CLOSED);
});

it('reconnects by itself when the browser gives up, later each time', () => {
  const { lines } = listen();
  FakeEventSource.opened[0]?.fail({ gaveUp: true });
  vi.advanceTimersByTime(500);
  expect(FakeEventSource.opened).toHaveLength(2);
  FakeEventSource.opened[1]?.fail({ gaveUp: true });
  vi.advanceTimersByTime(999);
  expect(FakeEventSource.opened).toHaveLength(2);
  vi.advanceTimersByTime(1);
  FakeEventSource.opened[2]?.open();
  expect(lines).toEqual([false, false, true]);
});

it('leaves it to the browser if that reconnects by itself, and never reconnects once stopped', () => {
  const { stop } = listen();
  FakeEventSource.opened[0]?.fail({ gaveUp: false });
  vi.advanceTimersByTime(60_000);
  expect(FakeEventSource.opened).toHaveLength(1);
  FakeEventSource.opened[0]?.fail({ gaveUp: true });
  stop();
  vi.advanceTimersByTime(60_000);
  expect(FakeEventSource.opened).toHaveLength(1);
});
