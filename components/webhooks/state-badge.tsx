import { CircleCheck, CircleDashed, CirclePause, CircleX } from 'lucide-react';
import { Badge, type BadgeLook } from '@/components/ui/badge';
import type { DeliveryState, EndpointState } from '@/lib/webhooks/rules';

const LOOKS: Record<EndpointState | DeliveryState, BadgeLook> = {
  enabled: { label: 'On', tone: 'success', Icon: CircleCheck },
  disabled: { label: 'Off', tone: 'neutral', Icon: CirclePause },
  delivered: { label: 'Delivered', tone: 'success', Icon: CircleCheck },
  pending: { label: 'Pending', tone: 'info', Icon: CircleDashed },
  failed: { label: 'Failed', tone: 'danger', Icon: CircleX },
};

export const stateLabel = (state: EndpointState | DeliveryState): string => LOOKS[state].label;

export const StateBadge = ({ state }: { state: EndpointState | DeliveryState }) => <Badge look={LOOKS[state]} status={state} />;
