'use client';

import type { ComponentProps, ReactNode } from 'react';
import { useEarlyChange } from './use-early-change';

interface RadioCardProps extends Omit<ComponentProps<'input'>, 'type'> {
  label: ReactNode;
  hint?: ReactNode;
}

/** One of several choices, with a sentence about it. */
export function RadioCard({ label, hint, ref, ...rest }: RadioCardProps) {
  return (
    <label className="flex cursor-pointer items-start gap-2.5 rounded-control border border-hairline p-3 text-body transition-colors hover:bg-hover has-checked:border-accent has-checked:bg-hover">
      <input ref={useEarlyChange(ref)} type="radio" className="mt-0.5 size-4 shrink-0" {...rest} />
      <span>
        <span className="font-medium">{label}</span>
        {hint !== undefined && <span className="block text-table text-muted">{hint}</span>}
      </span>
    </label>
  );
}
