// A made-up name on its way, from the claim to what came of it, and what it means for whoever asks about its domain meanwhile.
import type { ProbeClaim } from '@/lib/verdict/mail-host';
import type { CatchAllFound, ProbeAnswer } from './found';
import type { NextName } from './probe-names';

export interface ProbeRun {
  localPart: string;
  alone: NextName['alone'];
  isForBest: boolean;
  /** The sessions that its mailboxes were asked on may be over: one of them is to be asked before it once more. */
  needsCompany: boolean;
  /** How often this run may put its name to a host. */
  mostPuts: number;
  claim: ProbeClaim | null;
  /** Whether it may be sent; who asks meanwhile waits, so that questions stay in their order. */
  ready: Promise<boolean>;
  isReady: boolean;
  found: Promise<CatchAllFound>;
  /** The same once it is there. */
  soFar: CatchAllFound | null;
  finish: (answer: ProbeAnswer) => void;
  /** Nobody is going to send it. */
  abandon: (found?: CatchAllFound) => void;
}

export type ProbeTurn =
  | { kind: 'known'; found: CatchAllFound }
  /** Somebody's probe is on its way. */
  | { kind: 'shared'; run: ProbeRun }
  /** The caller sends this one, in the group of its mailbox. */
  | { kind: 'mine'; run: ProbeRun }
  /** Ask again for one, with `startSecond`, should the mailbox be accepted. */
  | { kind: 'after_acceptance'; found: CatchAllFound };
