// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { VerificationView } from '@/lib/verdict/verification';
import { FakeEventSource } from './fake-event-source';
import { fakeLayers, fakeVerification } from './fake-verification';
import { LiveVerification } from './live-verification';

const URL = '/api/verifications/ver_1/events';
const show = (view: VerificationView, onFinal?: () => void) =>
  render(<LiveVerification initial={view} eventsUrl={URL} audience="member" {...(onFinal && { onFinal })} />);
const phase = () => screen.getByRole('article').getAttribute('data-phase');
const layerState = (name: string) => document.querySelector(`[data-layer="${name}"]`)?.getAttribute('data-state');
function source(): FakeEventSource {
  const last = FakeEventSource.opened.at(-1);
  if (last === undefined) throw new Error('no stream was opened');
  return last;
}

beforeEach(() => {
  FakeEventSource.opened = [];
  vi.stubGlobal('EventSource', FakeEventSource);
  vi.useFakeTimers();
  // Each random pause takes its longest value.
  vi.spyOn(Math, 'random').mockReturnValue(1);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a verification that is being worked on', () => {
  it('connects at once and asks the first layer', () => {
    show(fakeVerification());
    expect(source().url).toBe(URL);
    expect(phase()).toBe('connecting');
    expect(layerState('syntax')).toBe('asking');
    expect(layerState('catch_all')).toBe('waiting');
  });

  it('fills in each layer as it arrives and never calls the result final', () => {
    show(fakeVerification());
    act(() => source().open());
    act(() => source().say(fakeVerification({ layers: fakeLayers(5) })));
    expect(phase()).toBe('live');
    expect(layerState('role')).toBe('passed');
    expect(layerState('smtp')).toBe('asking');
    expect(screen.queryByText('Copy as JSON')).toBeNull();
  });

  it('says that it is queued when no layer has reported for a while, and takes that back when one does', () => {
    show(fakeVerification());
    act(() => source().open());
    act(() => void vi.advanceTimersByTime(6_000));
    expect(phase()).toBe('queued');
    expect(screen.getByText(/queued and starts automatically/)).toBeTruthy();
    expect(layerState('syntax')).toBe('waiting');
    act(() => source().say(fakeVerification({ layers: fakeLayers(1) })));
    expect(phase()).toBe('live');
  });

  it('names the time of the next try while a greylisting server makes us wait', () => {
    show(fakeVerification({ layers: fakeLayers(7), retryAt: '2026-11-23T14:20:00.000Z', attempt: 1 }));
    expect(phase()).toBe('waiting');
    expect(screen.getByText(/No answer yet: the server asked us to come back/).textContent).toMatch(/Next try at \d\d:\d\d/);
  });
});

describe('a broken connection', () => {
  it('is shown, and the layers that had arrived stay', () => {
    show(fakeVerification());
    act(() => source().open());
    act(() => source().say(fakeVerification({ layers: fakeLayers(3) })));
    act(() => source().fail({ gaveUp: false }));
    expect(phase()).toBe('reconnecting');
    expect(layerState('mx')).toBe('passed');
    expect(FakeEventSource.opened).toHaveLength(1);
    act(() => source().open());
    expect(phase()).toBe('live');
  });

  it('is reopened, with growing pauses, after the browser gave up', () => {
    show(fakeVerification());
    act(() => source().fail({ gaveUp: true }));
    act(() => void vi.advanceTimersByTime(499));
    expect(FakeEventSource.opened).toHaveLength(1);
    act(() => void vi.advanceTimersByTime(1));
    expect(FakeEventSource.opened).toHaveLength(2);
    act(() => source().fail({ gaveUp: true }));
    act(() => void vi.advanceTimersByTime(999));
    expect(FakeEventSource.opened).toHaveLength(2);
    act(() => void vi.advanceTimersByTime(1));
    expect(FakeEventSource.opened).toHaveLength(3);
  });

  it('ends with the page', () => {
    const { unmount } = show(fakeVerification());
    act(() => source().fail({ gaveUp: true }));
    unmount();
    act(() => void vi.advanceTimersByTime(60_000));
    expect(FakeEventSource.opened).toHaveLength(1);
  });

  it('is not caused by an event that is not a verification', () => {
    show(fakeVerification());
    act(() => source().open());
    act(() => source().sayText('{"id": 7'));
    act(() => source().sayText('{"id":"ver_1","email":"x","status":"valid","layers":[],"evidence":[],"flags":{}}'));
    expect(phase()).toBe('live');
  });
});

describe('the final verdict', () => {
  const refused = fakeVerification({
    status: 'unknown',
    reason: 'probe_blocked',
    recommendation: 'retry',
    layers: fakeLayers(7),
  });

  it('closes the stream and says in a sentence what was found', () => {
    const onFinal = vi.fn();
    show(fakeVerification(), onFinal);
    act(() => source().open());
    act(() => source().say(refused));
    expect(phase()).toBe('final');
    expect(source().readyState).toBe(FakeEventSource.CLOSED);
    expect(screen.getByText('The mail server refused us, not the mailbox, so we could not tell.')).toBeTruthy();
    expect(screen.getByText('Free: unknown answers are never charged')).toBeTruthy();
    expect(onFinal).toHaveBeenCalledTimes(1);
  });

  it('opens no stream when it is known from the start', () => {
    show(refused);
    expect(FakeEventSource.opened).toHaveLength(0);
    expect(phase()).toBe('final');
  });

  it('shows the server’s words with code and enhanced status', () => {
    show({
      ...refused,
      evidence: [
        {
          at: '2026-11-23T12:00:01.000Z',
          layer: 'smtp',
          host: 'mx.example.test',
          address: '198.18.0.1',
          provider: null,
          identity: 'mx1.example.org',
          stage: 'rcpt',
          code: 550,
          enhanced: '5.7.1',
          text: 'Service unavailable, client host blocked',
          meaning: 'sender_blocked',
          rule: 'sender.blocked',
          duration_ms: 12,
          remembered: false,
        },
      ],
    });
    const item = screen.getByRole('list', { name: 'Evidence' }).querySelector('[data-exchange]');
    expect(item?.textContent).toContain('550 5.7.1 Service unavailable, client host blocked');
    expect(item?.textContent).toContain('Read as: we are blocked');
  });
});
