// How many addresses of a list would hard-bounce, by their scores. The expected share is the sum of what each score leaves to 1. The
// band around it holds two doubts: chance (95 % of the outcomes that these scores allow) and the addresses without a score, of which
// none bounces at its low end and all at its high end. Promises low ≤ expected ≤ high within 0–1, and null where no address has a
// score. It is as good as the scores are (lib/domain/calibration.ts measures that).
import type { BounceBand } from './list-view';

/** Addresses that are counted together. */
export interface ScoredGroup {
  rows: number;
  /** Of the rows, those with a score. */
  scored: number;
  /** Sum of these scores, each 0–100. */
  scoreSum: number;
}

const SCORE_MAX = 100;
/** Of the normal distribution, for 95 %. */
const Z = 1.96;

export function bounceBand(groups: readonly ScoredGroup[]): BounceBand | null {
  const addresses = sumOf(groups, ({ rows }) => rows);
  const scored = sumOf(groups, (group) => group.scored);
  if (scored === 0) return null;
  const bounces = sumOf(groups, (group) => group.scored * bounceShare(group));
  // Of a group only its mean is known, and no spread around that mean could vary more than this.
  const variance = sumOf(groups, (group) => group.scored * bounceShare(group) * (1 - bounceShare(group)));
  const chance = Z * Math.sqrt(variance);
  const unscored = addresses - scored;
  return {
    addresses,
    unscored,
    expected: bounces / scored,
    low: Math.max(0, bounces - chance) / addresses,
    high: Math.min(addresses, bounces + chance + unscored) / addresses,
  };
}

const bounceShare = ({ scored, scoreSum }: ScoredGroup): number => (scored === 0 ? 0 : 1 - scoreSum / scored / SCORE_MAX);

const sumOf = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((sum, item) => sum + of(item), 0);
