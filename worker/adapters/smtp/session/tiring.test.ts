import { describe, expect, it } from 'vitest';
import type { Exchange } from '../exchange';
import { isSlowedDown, refusalsLeft, UNUSED, withReply, type Usage } from './usage';

const replyAt = (at: number, code: number): Exchange => ({
  at,
  durationMs: 0,
  stage: 'rcpt',
  party: { host: 'mx.test', address: null, identity: 'checker.example', provider: null, ownNames: [], isSecure: false },
  came: { kind: 'reply', reply: { code, enhanced: null, text: '' }, meaning: 'ambiguous', rule: null },
});

/** Counts replies with these waits; all are refusals. */
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
const withAccepted = (accepted: number, refused: number): Usage => {
  let { usage } = afterWaits(quick(refused));
  for (let n = 0; n < accepted; n++) usage = withReply(usage, replyAt(1_000, 250), 2_000);
  return usage;
};
const quick = (count: number): number[] => Array.from({ length: count }, () => 5);

describe('a host that slows down after many refusals', () => {
  it('is recognized by the first reply that takes a second after ten refusals', () => {
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

describe('a session is not used any more', () => {
  it('when it has had the twenty refusals that Postfix tolerates, and never beyond them', () => {
    expect(refusalsLeft(UNUSED, 25)).toBe(20);
    expect(refusalsLeft(afterWaits(quick(19)).usage, 25)).toBe(1);
    expect(refusalsLeft(afterWaits(quick(20)).usage, 25)).toBe(0);
  });

  it('when the next group would exceed ten refusals, but never before a full group', () => {
    expect(refusalsLeft(withAccepted(14, 10), 25)).toBe(10);
    expect(refusalsLeft(withAccepted(15, 10), 25)).toBe(0);
  });

  it('later if little is refused', () => {
    let usage = UNUSED;
    for (let n = 1; n <= 50; n++) usage = withReply(usage, replyAt(0, n % 10 === 0 ? 550 : 250), n);
    expect(refusalsLeft(usage, 25)).toBe(15);
    for (let n = 51; n <= 100; n++) usage = withReply(usage, replyAt(0, n % 10 === 0 ? 550 : 250), n);
    expect(refusalsLeft(usage, 25)).toBe(0);
  });
});
