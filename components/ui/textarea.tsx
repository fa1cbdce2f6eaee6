import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';
import { CONTROL_CLASS } from './control-class';

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={cn(CONTROL_CLASS, 'px-3 py-2 text-body', className)} {...rest} />;
}
