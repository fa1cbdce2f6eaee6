// What this process knows of one domain's made-up names: how many were put, what came of them, and which is next.
import type { CatchAllFact } from '@/lib/verdict/mail-host';
import { remembered, type CatchAllFound } from './found';
import { FIRST_NAME, type NextName } from './next-name';
import { Others } from './others';
import type { ProbeRun } from './probe-run';

export interface DomainState {
  next: NextName;
  /** Probes put to a host since then, by this process. */
  puts: number;
  since: number;
  run: ProbeRun | null;
  /** Mailboxes that were refused as unknown. */
  others: Others;
  /** Half of the pair is known, and lacks no more than a refusal of anybody. */
  isAlmostWhole: boolean;
  last: CatchAllFound | null;
  /** In its place once it is a clear yes or no: a few words instead of all its evidence, should the store be down. */
  fact: CatchAllFact | null;
  /** Until then it is not asked again whether other workers have found something: no name is left, or the store knew nothing. */
  spentUntil: number;
  noFactUntil: number;
}

/** What was last found by this process. */
export const lastOf = ({ last, fact }: DomainState): CatchAllFound | null => (fact === null ? last : remembered(fact));

export const newDomainState = (now: number): DomainState => ({
  next: FIRST_NAME,
  puts: 0,
  since: now,
  run: null,
  others: new Others(),
  isAlmostWhole: false,
  last: null,
  fact: null,
  spentUntil: 0,
  noFactUntil: 0,
});
