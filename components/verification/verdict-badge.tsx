import type { Status } from '@/lib/verdict/verdict';
import { BADGE_CLASS, BADGE_SMALL } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';
import { STATUS_LABEL } from './reason-sentence';
import { StatusIcon } from './status-icon';

const TINTS: Record<Status, string> = {
  deliverable: 'bg-deliverable-tint text-deliverable',
  risky: 'bg-risky-tint text-risky',
  unknown: 'bg-unknown-tint text-unknown',
  undeliverable: 'bg-undeliverable-tint text-undeliverable',
  pending: 'bg-pending-tint text-pending',
};

interface VerdictBadgeProps {
  status: Status;
  /** Replaces the status word, e.g. with a reason's label. */
  label?: string;
  size?: 'sm' | 'md';
}

/** A status as an icon and a word, never by color alone. */
export function VerdictBadge({ status, label, size = 'sm' }: VerdictBadgeProps) {
  return (
    <span data-status={status} className={cn(BADGE_CLASS, size === 'md' ? 'px-2.5 py-1 text-body' : BADGE_SMALL, TINTS[status])}>
      <StatusIcon status={status} tinted className={size === 'md' ? 'size-4' : 'size-3.5'} />
      {label ?? STATUS_LABEL[status]}
    </span>
  );
}
