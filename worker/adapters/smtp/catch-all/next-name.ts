// Which made-up name is asked next, and how. The first looks like a person's and rides behind its mailbox. The second of the pair tells what
// the first left open: whether it was the looks of the name that the host minded, or its place in the session.
import { isDoubted, isOddRefusal, isPutOffBehind, type CatchAllFound, type ProbeAnswer } from './found';
import type { ProbeShape } from './probe-names';

export interface NextName {
  shape: ProbeShape;
  /** As the first of a session; or as long as the host is not known to refuse anybody there. */
  alone: 'no' | 'always' | 'until_first_refused';
  /** Not at a backup, which took the first. */
  isForBest?: boolean;
}

export const FIRST_NAME: NextName = { shape: 'human', alone: 'no' };

/** Null where the second would tell no more than the first. `hasRefused`: a mailbox with a plain name was. */
export function nameAfter(
  answer: ProbeAnswer,
  { outcome }: CatchAllFound,
  { next, hasRefused }: { next: NextName; hasRefused: boolean },
): NextName | null {
  if (next !== FIRST_NAME) return null;
  if (outcome.kind === 'accepts_all' && answer.isAtBackup) return { ...FIRST_NAME, isForBest: true };
  const { isProved, isFirst, refusesFirst } = answer;
  // The same name where nothing stands before it.
  if (outcome.kind === 'accepts_all' && !isProved) return { shape: 'human', alone: 'always' };
  if (outcome.kind === 'refuses_unknown') {
    // Perhaps the first of a session is accepted blindly, or a name is refused that looks like a person's.
    return refusesFirst && hasRefused ? null : { shape: 'random', alone: 'until_first_refused' };
  }
  if (isDoubted(answer.exchange)) return { shape: 'human', alone: 'no' };
  if (isPutOffBehind(answer)) return { shape: 'human', alone: 'always' };
  return isOddRefusal(answer.exchange) ? { shape: 'random', alone: isFirst ? 'no' : 'always' } : null;
}
