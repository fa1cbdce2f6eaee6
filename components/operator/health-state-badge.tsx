import { CircleCheck, CircleDashed, CirclePause, TriangleAlert } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import type { HealthState } from '@/lib/operator/rules';

export const HEALTH_LABEL: Record<HealthState, string> = {
  resting: 'Resting',
  trial: 'On trial',
  slowed: 'Slowed',
  working: 'Working',
};

const LOOKS = {
  resting: { classes: 'bg-danger-tint text-danger', Icon: CirclePause },
  trial: { classes: 'bg-info-tint text-info', Icon: CircleDashed },
  slowed: { classes: 'bg-warning-tint text-warning', Icon: TriangleAlert },
  working: { classes: 'bg-success-tint text-success', Icon: CircleCheck },
} as const satisfies Record<HealthState, unknown>;

/** A state as an icon and a word, never by color alone. */
export function HealthStateBadge({ state }: { state: HealthState }) {
  const { classes, Icon } = LOOKS[state];
  return (
    <span
      data-state={state}
      className={cn(
        'inline-flex items-center gap-1.5 rounded-control px-2 py-0.5 text-meta font-medium whitespace-nowrap',
        classes,
      )}
    >
      <Icon aria-hidden="true" className="size-3.5" />
      {HEALTH_LABEL[state]}
    </span>
  );
}
