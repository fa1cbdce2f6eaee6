// A made-up name on its way, from the claim to its result, and what it means for questions about its domain meanwhile.
import type { ProbeClaim } from '@/lib/verdict/mail-host';
import type { CatchAllFound, ProbeAnswer } from './found';
import type { NextName } from './probe-names';

export interface ProbeRun {
  localPart: string;
  alone: NextName['alone'];
  isForBest: boolean;
  /** The sessions on which its mailboxes were asked may be over: ask one of the mailboxes once more before it. */
  needsCompany: boolean;
  /** How often this run may send its name to a host. */
  mostPuts: number;
  claim: ProbeClaim | null;
  /** Whether it may be sent. Questions that arrive meanwhile wait, so that they stay in order. */
  ready: Promise<boolean>;
  isReady: boolean;
  found: Promise<CatchAllFound>;
  /** The result, once it is known. */
  soFar: CatchAllFound | null;
  finish: (answer: ProbeAnswer) => void;
  /** It will not be sent. */
  abandon: (found?: CatchAllFound) => void;
}

export type ProbeTurn =
  | { kind: 'known'; found: CatchAllFound }
  /** Another question's probe is on its way. */
  | { kind: 'shared'; run: ProbeRun }
  /** The caller sends this one, in the group of its mailbox. */
  | { kind: 'mine'; run: ProbeRun }
  /** If the mailbox is accepted, ask for a probe with `startSecond`. */
  | { kind: 'after_acceptance'; found: CatchAllFound };
