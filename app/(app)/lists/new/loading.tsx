import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <>
      <PageHeader title="New list" />
      <div
        role="status"
        aria-label="Loading"
        className="flex flex-col items-center gap-3 rounded-card border border-hairline py-16"
      >
        <Skeleton className="w-40" />
        <Skeleton className="w-64 max-w-[80%]" />
        <Skeleton className="mt-2 h-9 w-32" />
      </div>
    </>
  );
}
