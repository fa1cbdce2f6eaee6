import { TableSkeleton } from '@/components/history/table-skeleton';
import { Card } from '@/components/ui/card';
import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <>
      <Skeleton className="mb-3 w-64 max-w-full" />
      <Skeleton className="mb-8 h-8 w-full max-w-xl" />
      <div className="grid gap-6 lg:grid-cols-2">
        <Skeleton className="h-96" />
        <Skeleton className="h-64" />
      </div>
      <Card padded={false} className="mt-10">
        <TableSkeleton rows={4} />
      </Card>
    </>
  );
}
