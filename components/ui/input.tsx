import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

export const CONTROL_CLASS =
  'w-full rounded-control border border-control bg-bg text-fg transition-colors placeholder:text-subtle disabled:cursor-not-allowed disabled:opacity-60 aria-invalid:border-danger-solid';

export function Input({ className, type = 'text', ...rest }: ComponentProps<'input'>) {
  return <input type={type} className={cn(CONTROL_CLASS, 'h-9 px-3 text-body', className)} {...rest} />;
}
