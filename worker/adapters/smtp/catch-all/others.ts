// What mailboxes of a domain that were refused as unknown say of it beside its made-up names. Promises that one of them alone never stands
// in for a made-up name, since a domain that takes every name may refuse those who left.
import { TRANSPORT_FAILURES } from '@/lib/verdict/evidence';
import type { CatchAllFound } from './found';
import { isPlainName } from './probe-names';

const OTHERS_MIN = 2;
/** Nothing was said of the name. A greylisted one is told to whoever comes back, while it may be asked again. */
const SAYS_NOTHING: readonly string[] = ['rate_limited', 'temporary_failure', ...TRANSPORT_FAILURES];
const NOBODY: ReadonlyMap<string, number> = new Map();

export class Others {
  /** Their codes; no more than are needed. */
  private refused = NOBODY;
  /** A short one of nothing but letters, as the second made-up name is. */
  hasPlain = false;

  refuse(localPart: string, code: number): void {
    if (this.refused.size < OTHERS_MIN) this.refused = new Map([...this.refused, [localPart, code]]);
    this.hasPlain ||= isPlainName(localPart);
  }

  /** Where the made-up name got no answer, what they were told. */
  insteadOf(found: CatchAllFound): CatchAllFound {
    const { outcome, isHalf = false } = found;
    const [code] = this.refused.values();
    if (outcome.kind !== 'undecided' || isHalf || code === undefined || this.refused.size < OTHERS_MIN) return found;
    const isSilent = SAYS_NOTHING.includes(outcome.meaning) || (outcome.meaning === 'greylisted' && outcome.isSpent === true);
    return isSilent ? { ...found, outcome: { kind: 'refuses_others', code } } : found;
  }
}
