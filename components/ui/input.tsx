import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';
import { CONTROL_CLASS } from './control-class';

export function Input({ className, type = 'text', ...rest }: ComponentProps<'input'>) {
  return <input type={type} className={cn(CONTROL_CLASS, 'h-9 px-3 text-body', className)} {...rest} />;
}
