import type { ComponentType } from 'react';
import { cn } from './cn';

const TINTS = {
  success: 'bg-success-tint text-success',
  warning: 'bg-warning-tint text-warning',
  danger: 'bg-danger-tint text-danger',
  info: 'bg-info-tint text-info',
  neutral: 'bg-unknown-tint text-unknown',
} as const;

/** How a state looks and reads. Several kinds of things have a table of these, one for each state. */
export interface BadgeLook {
  label: string;
  tone: keyof typeof TINTS;
  Icon: ComponentType<{ className?: string; 'aria-hidden'?: 'true' }>;
}

/** The frame of every badge. On top of its line rather than on the baseline, so that it stands in the middle of a table's row. */
export const BADGE_CLASS =
  'inline-flex items-center gap-1.5 rounded-control align-top font-medium tracking-normal whitespace-nowrap';
export const BADGE_SMALL = 'px-2 py-0.5 text-meta';

/** A state as an icon and a word, never by color alone. */
export const Badge = ({ look: { label, tone, Icon }, status }: { look: BadgeLook; status: string }) => (
  <span data-status={status} className={cn(BADGE_CLASS, BADGE_SMALL, TINTS[tone])}>
    <Icon aria-hidden="true" className="size-3.5" />
    {label}
  </span>
);
