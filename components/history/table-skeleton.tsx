import { Skeleton } from '@/components/ui/skeleton';

/** The history table before its rows arrive: same header, same row height. */
export function TableSkeleton({ rows }: { rows: number }) {
  return (
    <div role="status" aria-label="Loading">
      <div className="h-9 border-b border-hairline" />
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex h-11 items-center gap-4 border-b border-hairline px-4 last:border-b-0 sm:px-5">
          <Skeleton className="w-56 max-w-[50%]" />
          <Skeleton className="ml-auto h-5 w-24" />
          <Skeleton className="hidden w-32 md:block" />
          <Skeleton className="w-16" />
        </div>
      ))}
    </div>
  );
}
