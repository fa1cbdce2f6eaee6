import { CalendarX2, CircleCheck, TriangleAlert } from 'lucide-react';
import type { PlanState } from '@/lib/billing/rules/billing';

const LOOKS = {
  active: { label: 'Active', classes: 'bg-success-tint text-success', Icon: CircleCheck },
  ending: { label: 'Canceled', classes: 'bg-sunken text-muted', Icon: CalendarX2 },
  past_due: { label: 'Past due', classes: 'bg-warning-tint text-warning', Icon: TriangleAlert },
} as const;

/** Nothing for the Free plan, which can't be anything else. */
export function PlanStateBadge({ state }: { state: PlanState }) {
  const look = state === 'free' || state === 'elsewhere' ? null : LOOKS[state];
  if (look === null) return null;
  const { label, classes, Icon } = look;
  return (
    <span className={`inline-flex items-center gap-1.5 rounded-control px-2 py-0.5 text-meta font-medium ${classes}`}>
      <Icon aria-hidden="true" className="size-3.5" />
      {label}
    </span>
  );
}
