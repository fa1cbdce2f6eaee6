// The evidence of a check over all its attempts. Promises to keep within the limit, and that a greylisting reply of an
// earlier attempt is the last thing to go: it explains why there was another.
import type { Evidence } from '@/lib/domain/evidence';
import { EVIDENCE_MAX_ITEMS, GREYLIST_LADDER_S } from '@/lib/domain/limits';

export function mergeEvidence(earlier: readonly Evidence[], latest: readonly Evidence[]): Evidence[] {
  if (earlier.length + latest.length <= EVIDENCE_MAX_ITEMS) return [...earlier, ...latest];
  const kept = earlier.filter((item) => item.meaning === 'greylisted').slice(-GREYLIST_LADDER_S.length);
  return [...kept, ...latest.slice(-(EVIDENCE_MAX_ITEMS - kept.length))];
}
