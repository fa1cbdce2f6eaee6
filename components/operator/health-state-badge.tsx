import { CircleCheck, CircleDashed, CirclePause, TriangleAlert } from 'lucide-react';
import { Badge, type BadgeLook } from '@/components/ui/badge';
import type { HealthState } from '@/lib/operator/rules';

const LOOKS: Record<HealthState, BadgeLook> = {
  resting: { label: 'Resting', tone: 'danger', Icon: CirclePause },
  trial: { label: 'On trial', tone: 'info', Icon: CircleDashed },
  slowed: { label: 'Slowed', tone: 'warning', Icon: TriangleAlert },
  working: { label: 'Working', tone: 'success', Icon: CircleCheck },
};

export const healthLabel = (state: HealthState): string => LOOKS[state].label;

export const HealthStateBadge = ({ state }: { state: HealthState }) => <Badge look={LOOKS[state]} status={state} />;
