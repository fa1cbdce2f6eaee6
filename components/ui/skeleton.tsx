import { cn } from './cn';

/** A gray bar in place of text that has not arrived. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cn('block h-4 rounded-control bg-sunken motion-safe:animate-pulse', className)} />;
}
