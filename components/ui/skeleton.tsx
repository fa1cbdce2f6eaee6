import { cn } from './cn';

/** A gray bar in the place of text to come. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cn('block h-4 rounded-control bg-sunken motion-safe:animate-pulse', className)} />;
}
