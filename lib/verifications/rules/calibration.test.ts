import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assessCalibration,
  brierScore,
  brierSkill,
  calibrated,
  calibrationError,
  CALIBRATION_MIN_HARD_BOUNCES,
  CALIBRATION_MIN_OUTCOMES,
  isotonicSteps,
  reliabilityBins,
  wilson,
  type ScoreTally,
} from './calibration';

const tally = (score: number, took: number, count: number): ScoreTally => ({ score, took, count });

const tallies = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 100 }), fc.nat(40), fc.nat(40))
    .map(([score, took, bounced]) => tally(score, took, took + bounced)),
  { maxLength: 30 },
);

describe('the Brier score', () => {
  it('is the mean squared distance from the outcomes', () => {
    // Score 90: three accepted (0.01 each) and one bounced (0.81). Score 20: one accepted (0.64), one bounced (0.04).
    const made = [tally(90, 3, 4), tally(20, 1, 2)];
    expect(brierScore(made)).toBeCloseTo((3 * 0.01 + 0.81 + 0.64 + 0.04) / 6, 12);
    // Base rate 4 of 6: variance 2/9.
    expect(brierSkill(made)).toBeCloseTo(1 - 1.52 / 6 / (2 / 9), 12);
  });

  it('is 0 for perfect predictions, 1 for wrong ones, and a quarter for always saying fifty', () => {
    expect(brierScore([tally(100, 7, 7), tally(0, 0, 3)])).toBe(0);
    expect(brierScore([tally(100, 0, 7), tally(0, 3, 3)])).toBe(1);
    expect(brierScore([tally(50, 5, 9)])).toBe(0.25);
    expect(brierSkill([tally(100, 7, 7), tally(0, 0, 3)])).toBe(1);
  });

  it('has no skill over the base rate when it is the base rate', () => {
    expect(brierSkill([tally(80, 8, 10)])).toBeCloseTo(0, 12);
  });

  it('is null without outcomes, and has no skill if all outcomes are of one kind', () => {
    expect(brierScore([])).toBeNull();
    expect(brierSkill([])).toBeNull();
    expect(brierSkill([tally(90, 5, 5)])).toBeNull();
  });
});

describe('the reliability table', () => {
  it('puts each score into its bin of ten, and 100 into the last', () => {
    const bins = reliabilityBins([
      tally(0, 0, 1),
      tally(9, 0, 1),
      tally(10, 0, 1),
      tally(90, 1, 1),
      tally(99, 1, 1),
      tally(100, 1, 1),
    ]);
    expect(bins.map(({ count }) => count)).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 0, 3]);
    expect(bins[0]).toMatchObject({ from: 0, to: 10, predicted: 0.045, observed: 0 });
    expect(bins[5]).toEqual({ from: 50, to: 60, count: 0, predicted: null, observed: null, low: null, high: null });
    expect(bins[9]).toMatchObject({ from: 90, to: 100, observed: 1 });
  });

  it('weights each bin’s distance by its count', () => {
    // 60 is observed 3 of 4 times (0.15 off), 98 is observed 1 of 1 times (0.02 off).
    const bins = reliabilityBins([tally(60, 3, 4), tally(98, 1, 1)]);
    expect(calibrationError(bins)).toBeCloseTo((4 * 0.15 + 0.02) / 5, 12);
    expect(calibrationError(reliabilityBins([]))).toBeNull();
  });

  it('counts every outcome once and keeps each share inside its interval', () => {
    fc.assert(
      fc.property(tallies, (made) => {
        const bins = reliabilityBins(made);
        expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(made.reduce((sum, { count }) => sum + count, 0));
        for (const { observed, predicted, low, high, from, to } of bins) {
          if (observed === null || predicted === null || low === null || high === null) continue;
          expect(low).toBeLessThanOrEqual(observed + 1e-12);
          expect(high).toBeGreaterThanOrEqual(observed - 1e-12);
          expect(predicted * 100).toBeGreaterThanOrEqual(from - 1e-9);
          expect(predicted * 100).toBeLessThanOrEqual(to + 1e-9);
        }
      }),
    );
  });
});

describe('the Wilson interval', () => {
  it('matches the textbook', () => {
    // 8 of 10: (0.8 + 1.92/10) / 1.384 ± 1.96/1.384 · √(0.016 + 3.84/400)
    const { low, high } = wilson(8, 10);
    expect(low).toBeCloseTo(0.4902, 4);
    expect(high).toBeCloseTo(0.9433, 4);
  });

  it('does not take ten of ten for certainty', () => {
    const { low, high } = wilson(10, 10);
    expect(low).toBeCloseTo(0.7225, 4);
    expect(high).toBeCloseTo(1, 12);
    expect(wilson(0, 10).low).toBeCloseTo(0, 12);
    expect(wilson(0, 0)).toEqual({ low: null, high: null });
  });
});

describe('the calibration map', () => {
  it('leaves a rising sequence unchanged', () => {
    expect(isotonicSteps([tally(95, 9, 10), tally(2, 1, 10), tally(60, 5, 10)])).toEqual([
      { from: 2, to: 2, probability: 0.1, count: 10 },
      { from: 60, to: 60, probability: 0.5, count: 10 },
      { from: 95, to: 95, probability: 0.9, count: 10 },
    ]);
  });

  it('pools neighbors that fall, by their weight, and looks back after each pool', () => {
    // 0.5, 0.8, 0.6 (→ 0.65 with 30 to 10), then 0.2 pulls all of them down.
    expect(isotonicSteps([tally(10, 5, 10), tally(20, 8, 10), tally(30, 18, 30)])).toEqual([
      { from: 10, to: 10, probability: 0.5, count: 10 },
      { from: 20, to: 30, probability: 0.65, count: 40 },
    ]);
    expect(isotonicSteps([tally(10, 5, 10), tally(20, 8, 10), tally(30, 18, 30), tally(40, 10, 50)])).toEqual([
      { from: 10, to: 40, probability: 0.41, count: 100 },
    ]);
  });

  it('is constant on a step, linear between two steps, and flat beyond the ends', () => {
    const steps = isotonicSteps([tally(20, 2, 10), tally(60, 4, 10), tally(80, 10, 10)]);
    expect(calibrated(steps, 20)).toBe(0.2);
    expect(calibrated(steps, 40)).toBeCloseTo(0.3, 12);
    expect(calibrated(steps, 75)).toBeCloseTo(0.85, 12);
    expect(calibrated(steps, 0)).toBe(0.2);
    expect(calibrated(steps, 100)).toBe(1);
    expect(calibrated([], 50)).toBeNull();
  });

  it('never falls as the score rises, keeps the mean, and is never worse than the score itself', () => {
    fc.assert(
      fc.property(tallies, (made) => {
        const steps = isotonicSteps(made);
        let before = 0;
        for (let score = 0; score <= 100; score++) {
          const now = calibrated(steps, score) ?? before;
          expect(now).toBeGreaterThanOrEqual(before - 1e-12);
          expect(now).toBeLessThanOrEqual(1);
          before = now;
        }
        const took = made.reduce((sum, item) => sum + item.took, 0);
        expect(steps.reduce((sum, { probability, count }) => sum + probability * count, 0)).toBeCloseTo(took, 6);
        expect(squaredError(made, (score) => calibrated(steps, score) ?? 0)).toBeLessThanOrEqual(
          squaredError(made, (score) => score / 100) + 1e-9,
        );
      }),
    );
  });

  it('is the same whatever order the outcomes come in, and for halves of one score', () => {
    fc.assert(
      fc.property(tallies, (made) => {
        const halves = made.flatMap(({ score, count, took }) => [tally(score, 0, count - took), tally(score, took, took)]);
        expect(isotonicSteps([...halves].reverse())).toEqual(isotonicSteps(made));
      }),
    );
  });
});

const squaredError = (made: readonly ScoreTally[], predict: (score: number) => number): number =>
  made.reduce((sum, { score, count, took }) => {
    const predicted = predict(score);
    return sum + took * (1 - predicted) ** 2 + (count - took) * predicted ** 2;
  }, 0);

describe('whether the score may be called calibrated', () => {
  const enough = (outcomes: number, bounced: number): boolean =>
    assessCalibration([tally(90, outcomes - bounced, outcomes)]).isEnough;

  it('needs enough outcomes, and enough of the rarer kind', () => {
    expect(enough(CALIBRATION_MIN_OUTCOMES, CALIBRATION_MIN_HARD_BOUNCES)).toBe(true);
    expect(enough(CALIBRATION_MIN_OUTCOMES - 1, CALIBRATION_MIN_HARD_BOUNCES)).toBe(false);
    expect(enough(CALIBRATION_MIN_OUTCOMES * 10, CALIBRATION_MIN_HARD_BOUNCES - 1)).toBe(false);
    expect(assessCalibration([])).toMatchObject({
      outcomes: 0,
      hardBounces: 0,
      baseRate: null,
      brier: null,
      steps: [],
      isEnough: false,
    });
  });
});
