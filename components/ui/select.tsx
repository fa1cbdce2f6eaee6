'use client';

import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from './cn';
import { CONTROL_CLASS } from './control-class';
import { useEarlyChange } from './use-early-change';

/** The browser's own select. It works without scripts and with every assistive technology. */
export function Select({ className, children, ref, ...rest }: ComponentProps<'select'>) {
  return (
    <span className={cn('relative inline-flex w-full', className)}>
      <select
        ref={useEarlyChange(ref)}
        className={cn(CONTROL_CLASS, 'h-9 appearance-none truncate pr-8 pl-3 text-body pointer-coarse:h-10')}
        {...rest}
      >
        {children}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted"
      />
    </span>
  );
}
