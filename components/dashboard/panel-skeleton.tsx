import { Skeleton } from '@/components/ui/skeleton';

interface PanelSkeletonProps {
  /** What the panel will hold: a figure with one line, or a chart under its legend. */
  holds?: 'figure' | 'chart';
}

const LEGEND = ['first', 'second', 'third', 'fourth'];

/** A panel before its numbers arrive, in its final shape. */
export function PanelSkeleton({ holds = 'figure' }: PanelSkeletonProps) {
  return (
    <div role="status" aria-label="Loading" className="h-full min-h-48 rounded-card border border-hairline bg-card p-4 sm:p-5">
      <Skeleton className="w-24" />
      {holds === 'figure' ? (
        <>
          <Skeleton className="mt-6 h-9 w-32" />
          <Skeleton className="mt-4 w-48 max-w-full" />
        </>
      ) : (
        <>
          <Skeleton className="mt-2 w-64 max-w-full" />
          <div className="mt-5 flex flex-wrap gap-4">
            {LEGEND.map((name) => (
              <Skeleton key={name} className="w-24" />
            ))}
          </div>
          <Skeleton className="mt-4 h-44 w-full" />
        </>
      )}
    </div>
  );
}
