// How many addresses each segment of a list contains, as far as verdicts are final. Addresses are counted because duplicates have no
// verdict of their own.
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

/**
 * What a file with this many addresses contains, in words. If there are duplicates, they are included with their address, so the number of
 * rows is unknown.
 */
export function rowsWords({ quote }: Pick<ListView, 'quote'>, addresses: number): string {
  if ((quote?.duplicates ?? 0) > 0) return `${formatCount(addresses)} ${addresses === 1 ? 'address' : 'addresses'}`;
  return `${formatCount(addresses)} ${addresses === 1 ? 'row' : 'rows'}`;
}

/** For a list that has ended: its whole file. */
export function everythingWords({ quote }: Pick<ListView, 'quote'>): string {
  const rows = quote?.rows ?? 0;
  return `${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'}`;
}
