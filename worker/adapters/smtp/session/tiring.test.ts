import { describe, expect, it } from 'vitest';
import type { Exchange } from '../exchange';
import { isSlowedDown, isTired } from './tiring';
import { UNUSED, withReply, type Usage } from './usage';

const replyAt = (at: number, code: number): Exchange => ({
  at,
  durationMs: 0,
  stage: 'rcpt',
  party: { host: 'mx.test', address: null, identity: 'checker.example', provider: null, ownNames: [] },
  came: { kind: 'reply', reply: { code, enhanced: null, text: '' }, meaning: 'ambiguous', rule: null },
});

/** Counts replies with these waits; refusals all. */
function afterWaits(waits: readonly number[], from = UNUSED): { usage: Usage; slowed: boolean[] } {
  let usage = from;
  let now = 1_000;
  const slowed = waits.map((waitMs) => {
    now += waitMs;
    const isSlowed = isSlowedDown(usage, { since: 1_000, now });
    usage = withReply(usage, replyAt(1_000, 550), now);
    return isSlowed;
  });
  return { usage, slowed };
}
const quick = (count: number): number[] => Array.from({ length: count }, () => 5);

describe('a host that slows down whoever was refused often', () => {
  it('is seen by the first reply that takes a second after ten refusals', () => {
    expect(afterWaits([...quick(10), 1_003, 1_002]).slowed).toEqual([...quick(10).map(() => false), true, true]);
  });

  it.each([
    ['was slow from the start', [...quick(12).map(() => 1_000), 1_000]],
    ['paused before ten refusals', [...quick(9), 1_500]],
    ['is a little slower at times', [...quick(12), 600]],
  ])('is not one that %s', (_, waits) => {
    expect(afterWaits(waits).slowed).not.toContain(true);
  });
});

describe('a session is not used any further', () => {
  it('when the next group would pass ten refusals, but never before a full group', () => {
    const { usage } = afterWaits(quick(24));
    expect(isTired(usage, 25)).toBe(false);
    expect(isTired(afterWaits(quick(1), usage).usage, 25)).toBe(true);
  });

  it('later where little is refused', () => {
    let usage = UNUSED;
    for (let n = 1; n <= 50; n++) usage = withReply(usage, replyAt(0, n % 10 === 0 ? 550 : 250), n);
    expect(isTired(usage, 25)).toBe(false);
    for (let n = 51; n <= 100; n++) usage = withReply(usage, replyAt(0, n % 10 === 0 ? 550 : 250), n);
    expect(isTired(usage, 25)).toBe(true);
  });
});
