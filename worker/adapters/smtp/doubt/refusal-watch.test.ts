import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RefusalWatch, RUN_MIN, UNRELATED_DOMAINS } from './refusal-breaker';

function watchAfter(accepted: number, refused: number): RefusalWatch {
  const watch = new RefusalWatch();
  for (let n = 0; n < refused; n++) watch.refuse('before.example');
  for (let n = 0; n < accepted; n++) watch.accept();
  return watch;
}

/** Refusals in a row until it is suspicious; null if a thousand are not enough. */
function patienceOf(watch: RefusalWatch, hasWitness: boolean, domains = 1): number | null {
  for (let n = 1; n <= 1_000; n++) {
    watch.refuse(`d${String(n % domains)}.example`);
    if (watch.isSuspicious(hasWitness)) return n;
  }
  return null;
}

describe('RefusalWatch', () => {
  it('suspects a host that used to accept after three refusals, so at most two are believed before', () => {
    expect(patienceOf(watchAfter(100, 10), true)).toBe(RUN_MIN);
  });

  it.each([
    [30, 70, 13],
    [5, 95, 76],
  ])('tolerates longer runs the more the host refuses: %i accepted, %i refused', (accepted, refused, run) => {
    expect(patienceOf(watchAfter(accepted, refused), true)).toBe(run);
  });

  it('without a witness it takes twenty refusals at five owners by a host that never accepted a mailbox', () => {
    expect(patienceOf(new RefusalWatch(), false, UNRELATED_DOMAINS)).toBe(20);
    expect(patienceOf(new RefusalWatch(), false, UNRELATED_DOMAINS - 1)).toBeNull();
  });

  it('subdomains of one owner count as one owner', () => {
    const watch = new RefusalWatch();
    for (let n = 0; n < 100; n++) watch.refuse(`d${String(n)}.owner.co.uk`);
    expect(watch.isSuspicious(false)).toBe(false);
  });

  it('an acceptance ends the run, and a cleared run is suspicious again when it has doubled', () => {
    const watch = watchAfter(100, 0);
    expect(patienceOf(watch, true)).toBe(RUN_MIN);
    watch.clear();
    expect(patienceOf(watch, true)).toBe(RUN_MIN);
    watch.clear();
    watch.accept();
    expect(watch.isSuspicious(true)).toBe(false);
    expect(patienceOf(watch, true)).toBe(RUN_MIN);
  });

  it('follows a host that changes: what it did thousands of answers ago weighs less', () => {
    const watch = watchAfter(20_000, 0);
    for (let n = 0; n < 1_000; n++) {
      for (let m = 0; m < 9; m++) watch.refuse('now.example');
      watch.accept();
    }
    expect(patienceOf(watch, true)).toBeGreaterThan(30);
  });

  it.each([[0.05], [0.21], [0.3], [0.7], [0.95]])(
    'an honest host with a share of %d dead mailboxes is suspected at no more than one answer in a hundred, over many answers',
    (share) => {
      const answers = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 50_000, maxLength: 50_000, size: 'max' });
      fc.assert(
        fc.property(fc.noShrink(answers.map((lots) => lots.map((lot) => lot >= share))), (accepted) => {
          const watch = new RefusalWatch();
          let suspected = 0;
          for (const isAccepted of accepted) {
            if (isAccepted) {
              watch.accept();
              continue;
            }
            watch.refuse('example.test');
            if (!watch.isSuspicious(true)) continue;
            suspected += 1;
            watch.clear();
          }
          expect(suspected).toBeLessThanOrEqual(accepted.length / 100);
        }),
        { numRuns: 1 },
      );
    },
  );
});
