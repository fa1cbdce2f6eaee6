'use client';

import type { ComponentProps } from 'react';
import { cn } from './cn';
import { CONTROL_CLASS } from './control-class';
import { useEarlyChange } from './use-early-change';

export function Input({ className, type = 'text', ref, ...rest }: ComponentProps<'input'>) {
  return (
    <input
      ref={useEarlyChange(ref)}
      type={type}
      className={cn(CONTROL_CLASS, 'h-9 px-3 text-body pointer-coarse:h-10', className)}
      {...rest}
    />
  );
}
