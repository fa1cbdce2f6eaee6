// What a list's segments hold, as far as its verdicts are final: counted in addresses, because duplicates have no verdict of their own.
import { RECOMMENDATION_LABEL } from '@/components/verification/recommendation-copy';
import { reasonsOfSegment } from '@/lib/domain/list-filter';
import { SEGMENTS, type Segment } from '@/lib/domain/list';
import type { ListView } from '@/lib/domain/list-view';

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
