import { STATUS_LABEL } from '@/components/verification/reason-sentence';
import { cn } from '@/components/ui/cn';
import { FINAL_STATUSES, type FinalStatus } from '@/lib/verdict/verdict';
import { formatCount } from '@/lib/platform/numbers';

const FILL: Record<FinalStatus, string> = {
  deliverable: 'bg-deliverable-solid',
  risky: 'bg-risky-solid',
  unknown: 'bg-unknown-solid',
  undeliverable: 'bg-undeliverable-solid',
};

interface VerdictBarProps {
  counts: Record<FinalStatus, number>;
  /** May exceed the sum of the counts: addresses without a verdict leave room at the end. */
  total: number;
  className?: string;
}

/**
 * A list's verdicts as a bar in a table cell, in words for people who can't see it. Where the verdicts are the main content, use
 * `ChartFigure`.
 */
export function VerdictBar({ counts, total, className }: VerdictBarProps) {
  const known = FINAL_STATUSES.filter((status) => counts[status] > 0);
  const sum = known.reduce((all, status) => all + counts[status], 0);
  const words = known.map((status) => `${formatCount(counts[status])} ${STATUS_LABEL[status].toLowerCase()}`).join(', ');
  return (
    <div
      role="img"
      data-mix
      aria-label={words === '' ? 'No verdicts yet' : words}
      title={words}
      className={cn('flex h-2 gap-[2px] overflow-hidden rounded-full bg-sunken', className)}
    >
      {known.map((status) => (
        <div key={status} data-fill className={cn('min-w-[2px]', FILL[status])} style={{ flexGrow: counts[status] }} />
      ))}
      {total > sum && <div style={{ flexGrow: total - sum }} />}
    </div>
  );
}
