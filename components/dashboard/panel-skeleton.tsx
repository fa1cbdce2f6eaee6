import { Skeleton } from '@/components/ui/skeleton';

/** A panel before its numbers. */
export function PanelSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="h-full min-h-48 rounded-card border border-hairline p-5">
      <Skeleton className="w-24" />
      <Skeleton className="mt-6 h-9 w-32" />
      <Skeleton className="mt-4 w-48 max-w-full" />
    </div>
  );
}
