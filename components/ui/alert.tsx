import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn';

const TONES = {
  info: { classes: 'bg-info-tint text-info', Icon: Info },
  success: { classes: 'bg-success-tint text-success', Icon: CircleCheck },
  warning: { classes: 'bg-warning-tint text-warning', Icon: TriangleAlert },
  danger: { classes: 'bg-danger-tint text-danger', Icon: CircleAlert },
} as const;

interface AlertProps {
  tone: keyof typeof TONES;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

/** A notice. Bad news interrupts a screen reader; other notices wait. */
export function Alert({ tone, title, children, actions, className }: AlertProps) {
  const { classes, Icon } = TONES[tone];
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={cn('flex gap-3 rounded-card px-4 py-3 text-body', classes, className)}
    >
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">
        {title !== undefined && <p className="font-semibold">{title}</p>}
        {children !== undefined && (
          <div className={cn('[&_a]:underline [&_a]:underline-offset-2', title !== undefined && 'mt-0.5')}>{children}</div>
        )}
        {actions !== undefined && <div className="mt-3 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}
