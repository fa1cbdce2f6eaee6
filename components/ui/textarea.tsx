'use client';

import type { ComponentProps } from 'react';
import { cn } from './cn';
import { CONTROL_CLASS } from './control-class';
import { useEarlyChange } from './use-early-change';

export function Textarea({ className, ref, ...rest }: ComponentProps<'textarea'>) {
  return <textarea ref={useEarlyChange(ref)} className={cn(CONTROL_CLASS, 'px-3 py-2 text-body', className)} {...rest} />;
}
