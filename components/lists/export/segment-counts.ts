// What a list's segments hold, as far as its verdicts are final: counted in addresses, because duplicates have no verdict of their own.
import { RECOMMENDATION_LABEL } from '@/components/verification/recommendation-copy';
import { type Segment, SEGMENTS } from '@/lib/lists/rules/list';
import { type ListView, reasonsOfSegment } from '@/lib/lists/rules/view';
import { formatCount } from '@/lib/platform/numbers';

export interface SegmentCount {
  segment: Segment;
  label: string;
  addresses: number;
}

export function segmentCounts({ policy, progress }: Pick<ListView, 'policy' | 'progress'>): SegmentCount[] {
  return SEGMENTS.map((segment) => {
    if (segment === 'all') return { segment, label: 'Everything', addresses: progress.processed };
    const reasons = reasonsOfSegment(segment, policy) ?? [];
    const addresses = reasons.reduce((sum, reason) => sum + (progress.countsByReason[reason] ?? 0), 0);
    return { segment, label: RECOMMENDATION_LABEL[segment], addresses };
  });
}

/** What a file of so many addresses holds, in words. Duplicates come along with theirs, so then only the addresses are known. */
export function rowsWords({ quote }: Pick<ListView, 'quote'>, addresses: number): string {
  if ((quote?.duplicates ?? 0) > 0) return `${formatCount(addresses)} ${addresses === 1 ? 'address' : 'addresses'}`;
  return `${formatCount(addresses)} ${addresses === 1 ? 'row' : 'rows'}`;
}

/** Of a list that has ended: its whole file. */
export function everythingWords({ quote }: Pick<ListView, 'quote'>): string {
  const rows = quote?.rows ?? 0;
  return `${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'}`;
}
