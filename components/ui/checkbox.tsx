'use client';

import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';
import { useEarlyChange } from './use-early-change';

interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type'> {
  label: ReactNode;
  hint?: ReactNode;
}

export function Checkbox({ label, hint, className, ref, ...rest }: CheckboxProps) {
  return (
    <label className={cn('flex cursor-pointer items-start gap-2.5 text-body', className)}>
      <input ref={useEarlyChange(ref)} type="checkbox" className="mt-0.5 size-4 shrink-0" {...rest} />
      <span>
        {label}
        {hint !== undefined && <span className="block text-table text-muted">{hint}</span>}
      </span>
    </label>
  );
}
