import { Skeleton } from '@/components/ui/skeleton';
import { LAYER_NAMES } from '@/lib/verdict/evidence';

const GLANCE = ['do', 'sure', 'why'];

/** A verification's page before it is loaded: header, verdict, seven layers, evidence. */
export function VerificationSkeleton() {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton className="mb-2 w-48" />
      <Skeleton className="mb-8 h-8 w-40" />
      <div className="rounded-card border border-hairline bg-card">
        <div className="flex gap-4 rounded-t-card bg-raised px-4 py-5 sm:px-6">
          <Skeleton className="size-10 rounded-full" />
          <div className="flex min-w-0 flex-1 flex-col gap-3">
            <Skeleton className="w-64 max-w-full" />
            <Skeleton className="h-8 w-40 max-w-full" />
            <Skeleton className="h-5 w-96 max-w-full" />
          </div>
        </div>
        <div className="grid gap-6 border-y border-hairline px-4 py-4 sm:grid-cols-3 sm:px-6">
          {GLANCE.map((name) => (
            <Skeleton key={name} className="h-16 w-full" />
          ))}
        </div>
        <div className="grid gap-8 px-4 py-5 sm:px-6 xl:grid-cols-2">
          <div className="flex flex-col gap-3">
            {LAYER_NAMES.map((name) => (
              <Skeleton key={name} className="h-10 w-full" />
            ))}
          </div>
          <div className="flex flex-col gap-3">
            <Skeleton className="h-11 w-full" />
            <Skeleton className="h-40 w-full" />
          </div>
        </div>
      </div>
    </div>
  );
}
