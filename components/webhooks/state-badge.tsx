import { CircleCheck, CircleDashed, CirclePause, CircleX } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import type { DeliveryState, EndpointState } from '@/lib/webhooks/rules';

const LOOKS = {
  enabled: { label: 'On', classes: 'bg-success-tint text-success', Icon: CircleCheck },
  disabled: { label: 'Off', classes: 'bg-unknown-tint text-unknown', Icon: CirclePause },
  delivered: { label: 'Delivered', classes: 'bg-success-tint text-success', Icon: CircleCheck },
  pending: { label: 'Under way', classes: 'bg-info-tint text-info', Icon: CircleDashed },
  failed: { label: 'Failed', classes: 'bg-danger-tint text-danger', Icon: CircleX },
} as const satisfies Record<EndpointState | DeliveryState, unknown>;

export const stateLabel = (state: EndpointState | DeliveryState): string => LOOKS[state].label;

/** The state of an endpoint or a delivery as an icon and a word, never by color alone. */
export function StateBadge({ state }: { state: EndpointState | DeliveryState }) {
  const { label, classes, Icon } = LOOKS[state];
  return (
    <span
      className={cn(
        'inline-flex items-center gap-1.5 rounded-control px-2 py-0.5 text-meta font-medium whitespace-nowrap',
        classes,
      )}
    >
      <Icon aria-hidden="true" className="size-3.5" />
      {label}
    </span>
  );
}
