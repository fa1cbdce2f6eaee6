import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <>
      <PageHeader title="Verify an address" />
      <div role="status" aria-label="Loading" className="flex flex-col gap-2">
        <Skeleton className="w-32" />
        <Skeleton className="h-9 w-full" />
      </div>
    </>
  );
}
