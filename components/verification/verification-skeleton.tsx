import { Skeleton } from '@/components/ui/skeleton';
import { LAYER_NAMES } from '@/lib/verdict/evidence';

/** A verification's page before it is loaded: header, verdict, seven layers, evidence. */
export function VerificationSkeleton() {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton className="mb-2 w-48" />
      <Skeleton className="mb-8 h-8 w-40" />
      <div className="rounded-card border border-hairline">
        <div className="flex flex-col gap-3 p-5">
          <Skeleton className="h-6 w-64 max-w-full" />
          <Skeleton className="h-7 w-96 max-w-full" />
        </div>
        <div className="grid gap-8 border-t border-hairline p-5 lg:grid-cols-2">
          <div className="flex flex-col gap-4">
            {LAYER_NAMES.map((name) => (
              <Skeleton key={name} className="h-9 w-full" />
            ))}
          </div>
          <div className="flex flex-col gap-4">
            <Skeleton className="h-12 w-full" />
            <Skeleton className="h-12 w-full" />
            <Skeleton className="h-12 w-full" />
          </div>
        </div>
      </div>
    </div>
  );
}
