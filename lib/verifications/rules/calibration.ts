// How good the score and the grades are, measured against real outcomes: reliability by bin, Brier score, calibration error, and the
// monotone map from a score to the observed share. Pure sums over counts by score. Probabilities are between 0 and 1, and null if there is
// nothing to divide by. A score is not called calibrated before there are enough outcomes of both kinds.
import { type Grade, GRADES } from '@/lib/verdict/grade';

/** Reported outcomes for one score. */
export interface ScoreTally {
  /** 0–100, as it was given. */
  score: number;
  count: number;
  /** How many of them did not hard-bounce. */
  took: number;
}

/** Reported outcomes for catch-all answers of one grade. */
export interface GradeTally {
  grade: Grade;
  count: number;
  /** How many of them did not hard-bounce. */
  took: number;
}

export interface GradeShare {
  grade: Grade;
  count: number;
  /** Share that did not hard-bounce, with its 95 % Wilson interval; null if nothing was reported. */
  observed: number | null;
  low: number | null;
  high: number | null;
}

export interface ReliabilityBin {
  /** Scores from here (inclusive) … */
  from: number;
  /** … to here (exclusive, except for the last bin, which includes 100). */
  to: number;
  count: number;
  /** Mean of the scores, as probabilities. Null in an empty bin, like all the fields below. */
  predicted: number | null;
  /** Share that did not hard-bounce. */
  observed: number | null;
  /** Wilson score interval of that share, 95 %. */
  low: number | null;
  high: number | null;
}

/** A range of scores that share one observed probability. */
export interface CalibrationStep {
  from: number;
  to: number;
  probability: number;
  count: number;
}

export interface CalibrationReport {
  outcomes: number;
  hardBounces: number;
  /** Share that did not hard-bounce, over all scores. */
  baseRate: number | null;
  /** Mean squared error of the score as a probability: 0 is perfect, 0.25 is a coin flip. */
  brier: number | null;
  /** Improvement over always saying the base rate: 1 is perfect, 0 is none, below 0 is worse. Null if all outcomes are of one kind. */
  skill: number | null;
  /** Mean distance between predicted and observed, weighted by the bins' counts. */
  calibrationError: number | null;
  bins: readonly ReliabilityBin[];
  steps: readonly CalibrationStep[];
  /** Whether there are enough outcomes to call the score calibrated. Until then it is an estimate. */
  isEnough: boolean;
}

/**
 * With 1,000 outcomes a share is known to ±3 % at worst, and with 100 in a bin to ±10 %. Bounces are the rare kind: with fewer than 50,
 * the low end of the scale would rest on chance.
 */
export const CALIBRATION_MIN_OUTCOMES = 1_000;
export const CALIBRATION_MIN_HARD_BOUNCES = 50;

const BIN_WIDTH = 10;
const SCORE_MAX = 100;
/** Two-sided 95 %. */
const Z = 1.959963984540054;

export function assessCalibration(tallies: readonly ScoreTally[]): CalibrationReport {
  const outcomes = sumOf(tallies, ({ count }) => count);
  const took = sumOf(tallies, (tally) => tally.took);
  const bins = reliabilityBins(tallies);
  return {
    outcomes,
    hardBounces: outcomes - took,
    baseRate: share(took, outcomes),
    brier: brierScore(tallies),
    skill: brierSkill(tallies),
    calibrationError: calibrationError(bins),
    bins,
    steps: isotonicSteps(tallies),
    isEnough: outcomes >= CALIBRATION_MIN_OUTCOMES && outcomes - took >= CALIBRATION_MIN_HARD_BOUNCES,
  };
}

/** Grades are good if the share falls from each grade to the next and the intervals do not overlap. */
export const assessGrades = (tallies: readonly GradeTally[]): GradeShare[] =>
  GRADES.map((grade) => {
    const own = tallies.filter((tally) => tally.grade === grade);
    const count = sumOf(own, (tally) => tally.count);
    const took = sumOf(own, (tally) => tally.took);
    return { grade, count, observed: share(took, count), ...wilson(took, count) };
  });

export function reliabilityBins(tallies: readonly ScoreTally[]): ReliabilityBin[] {
  return Array.from({ length: SCORE_MAX / BIN_WIDTH }, (_, index) => {
    const from = index * BIN_WIDTH;
    const inside = tallies.filter(({ score }) => binOf(score) === index);
    const count = sumOf(inside, (tally) => tally.count);
    const took = sumOf(inside, (tally) => tally.took);
    const predicted = share(
      sumOf(inside, (tally) => tally.count * asProbability(tally.score)),
      count,
    );
    return { from, to: from + BIN_WIDTH, count, predicted, observed: share(took, count), ...wilson(took, count) };
  });
}

/** Mean of (predicted − outcome)². The outcome is 1 if the mail was accepted and 0 if it hard-bounced. */
export function brierScore(tallies: readonly ScoreTally[]): number | null {
  const squares = sumOf(tallies, ({ score, count, took }) => {
    const predicted = asProbability(score);
    return took * (1 - predicted) ** 2 + (count - took) * predicted ** 2;
  });
  return share(
    squares,
    sumOf(tallies, ({ count }) => count),
  );
}

export function brierSkill(tallies: readonly ScoreTally[]): number | null {
  const brier = brierScore(tallies);
  const baseRate = share(
    sumOf(tallies, ({ took }) => took),
    sumOf(tallies, ({ count }) => count),
  );
  if (brier === null || baseRate === null || baseRate === 0 || baseRate === 1) return null;
  return 1 - brier / (baseRate * (1 - baseRate));
}

export function calibrationError(bins: readonly ReliabilityBin[]): number | null {
  const distance = sumOf(bins, ({ count, predicted, observed }) => count * Math.abs((predicted ?? 0) - (observed ?? 0)));
  return share(
    distance,
    sumOf(bins, ({ count }) => count),
  );
}

/**
 * Isotonic regression by pooling adjacent violators: the step function that never falls as the score rises and is closest to the
 * observations, in weighted least squares.
 */
export function isotonicSteps(tallies: readonly ScoreTally[]): CalibrationStep[] {
  const pools: (ScoreTally & { to: number })[] = [];
  for (const tally of mergeByScore(tallies)) {
    let pool = { ...tally, to: tally.score };
    for (let before = pools.at(-1); before !== undefined && isNoRise(before, pool); before = pools.at(-1)) {
      pools.pop();
      pool = { score: before.score, to: pool.to, count: before.count + pool.count, took: before.took + pool.took };
    }
    pools.push(pool);
  }
  return pools.map(({ score, to, count, took }) => ({ from: score, to, probability: took / count, count }));
}

/** The observed probability at a score: that of its step, a straight line between two steps, and beyond the ends that of the end. */
export function calibrated(steps: readonly CalibrationStep[], score: number): number | null {
  const above = steps.find(({ to }) => score <= to);
  if (above === undefined) return steps.at(-1)?.probability ?? null;
  const below = steps[steps.indexOf(above) - 1];
  if (score >= above.from || below === undefined) return above.probability;
  const way = (score - below.to) / (above.from - below.to);
  return below.probability + way * (above.probability - below.probability);
}

/** Wilson score interval of a share. It stays inside 0–1 and is correct for few outcomes too. */
export function wilson(took: number, count: number): { low: number | null; high: number | null } {
  if (count === 0) return { low: null, high: null };
  const observed = took / count;
  const spread = Z ** 2 / count;
  const center = (observed + spread / 2) / (1 + spread);
  const half = (Z * Math.sqrt((observed * (1 - observed) + spread / 4) / count)) / (1 + spread);
  return { low: Math.max(0, center - half), high: Math.min(1, center + half) };
}

/** Compared by cross-multiplication, so that rounding can't separate equal shares. */
const isNoRise = (before: ScoreTally, after: ScoreTally): boolean => before.took * after.count >= after.took * before.count;

function mergeByScore(tallies: readonly ScoreTally[]): ScoreTally[] {
  const byScore = new Map<number, ScoreTally>();
  for (const { score, count, took } of tallies) {
    if (count === 0) continue;
    const known = byScore.get(score) ?? { score, count: 0, took: 0 };
    byScore.set(score, { score, count: known.count + count, took: known.took + took });
  }
  return [...byScore.values()].sort((a, b) => a.score - b.score);
}

const asProbability = (score: number): number => Math.min(SCORE_MAX, Math.max(0, score)) / SCORE_MAX;

const binOf = (score: number): number => Math.min(SCORE_MAX / BIN_WIDTH - 1, Math.max(0, Math.floor(score / BIN_WIDTH)));

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

const sumOf = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((sum, item) => sum + of(item), 0);
