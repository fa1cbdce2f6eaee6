import { CircleCheck, CircleDashed, CircleQuestionMark, CircleX, TriangleAlert } from 'lucide-react';
import type { Status } from '@/lib/verdict/verdict';
import { cn } from '@/components/ui/cn';

const ICONS = {
  deliverable: { Icon: CircleCheck, solid: 'text-deliverable-solid' },
  risky: { Icon: TriangleAlert, solid: 'text-risky-solid' },
  unknown: { Icon: CircleQuestionMark, solid: 'text-unknown-solid' },
  undeliverable: { Icon: CircleX, solid: 'text-undeliverable-solid' },
  pending: { Icon: CircleDashed, solid: 'text-pending-solid' },
} as const satisfies Record<Status, unknown>;

/** A status's shape. Its word is always beside it, so it is hidden from assistive technology. */
export function StatusIcon({ status, className, tinted = false }: { status: Status; className?: string; tinted?: boolean }) {
  const { Icon, solid } = ICONS[status];
  return <Icon aria-hidden="true" className={cn('size-4 shrink-0', !tinted && solid, className)} />;
}
