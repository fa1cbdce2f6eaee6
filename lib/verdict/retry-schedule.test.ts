import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GREYLIST_DELAY_MAX_S, GREYLIST_DELAY_MIN_S, RETRIES_MAX } from '@/lib/platform/limits';
import { creditsFor } from '@/lib/credits/rules/ledger';
import { delayMs, isRetried, RETRY_WAITS_S, retryDelayMs, retryWaitS } from './retry-schedule';
import { REASONS_BY_STATUS, type UnknownReason } from './verdict';

/** Reasons that time does not change. All other unknown reasons must have a schedule. */
const NEVER: readonly UnknownReason[] = ['provider_unverifiable', 'smtp_protocol_error', 'ambiguous_reply', 'internal_error'];
const RETRIED = REASONS_BY_STATUS.unknown.filter(isRetried);

describe('the schedules', () => {
  it.each(REASONS_BY_STATUS.unknown)('%s costs nothing, and is either asked again or listed as never asked again', (reason) => {
    expect(creditsFor(reason)).toBe(0);
    expect(isRetried(reason)).toBe(!NEVER.includes(reason));
  });

  it.each(RETRIED)('%s waits longer each time, within bounds, and comes to an end', (reason) => {
    const waits: readonly number[] = RETRY_WAITS_S[reason];
    expect(waits.length).toBeGreaterThan(0);
    expect(waits.length).toBeLessThanOrEqual(RETRIES_MAX);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(new Set(waits).size).toBe(waits.length);
    for (const waitS of waits) {
      expect(waitS).toBeGreaterThanOrEqual(GREYLIST_DELAY_MIN_S);
      expect(waitS).toBeLessThanOrEqual(GREYLIST_DELAY_MAX_S);
    }
  });

  it('end for an address whatever the outcome of its attempts and the delays that hosts name', () => {
    const outcome = fc.record({ reason: fc.constantFrom(...RETRIED), afterS: fc.option(fc.integer()) });
    fc.assert(
      fc.property(fc.infiniteStream(outcome), fc.double({ min: 0, max: 0.999, noNaN: true }), (outcomes, random) => {
        let attempt = 0;
        for (const undecided of outcomes) {
          const waitMs = retryDelayMs(undecided, attempt, random);
          if (waitMs === null) break;
          expect(waitMs).toBeGreaterThan(GREYLIST_DELAY_MIN_S * 1_000);
          expect(waitMs).toBeLessThanOrEqual(GREYLIST_DELAY_MAX_S * 1_000 + 10_500);
          attempt += 1;
        }
        expect(attempt).toBeLessThanOrEqual(RETRIES_MAX);
      }),
    );
  });

  it.each([
    ['greylisted', null, 0, 60],
    ['greylisted', null, 3, 3_600],
    ['greylisted', 5, 0, 5],
    ['rate_limited', 0, 0, 1],
    ['temporary_failure', 10_000_000, 0, 6 * 3_600],
    ['connect_failed', null, 2, 1_800],
  ] as const)('%s that asks for %s s at attempt %i waits a little over %i s', (reason, afterS, attempt, expectedS) => {
    expect(retryWaitS({ reason, afterS }, attempt)).toBe(expectedS);
    expect(retryDelayMs({ reason, afterS }, attempt, 0)).toBeGreaterThan(expectedS * 1_000);
    expect(retryDelayMs({ reason, afterS }, attempt, 0.999)).toBeLessThanOrEqual(expectedS * 1_100 + 500);
  });

  it.each(RETRIED)('%s has no attempt after its last one, even if the host names a delay', (reason) => {
    const last = RETRY_WAITS_S[reason].length;
    expect(retryWaitS({ reason, afterS: 5 }, last - 1)).toBe(5);
    expect(retryWaitS({ reason, afterS: 5 }, last)).toBeNull();
  });

  it('are in the docs as they are', () => {
    const rows = REASONS_BY_STATUS.unknown.map(
      (reason) => `| \`${reason}\` | ${RETRY_WAITS_S[reason]?.join(' · ') ?? 'never'} |`,
    );
    const docs = readFileSync('docs/verdicts.md', 'utf8');
    for (const row of rows) expect(docs).toContain(row);
  });

  it('are never early, and randomly at most ten seconds late', () => {
    expect(delayMs(3_600, 0)).toBe(3_600_500);
    expect(delayMs(3_600, 0.999)).toBeLessThanOrEqual(3_610_500);
  });
});
