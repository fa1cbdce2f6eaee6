import { TableSkeleton } from '@/components/history/table-skeleton';
import { Card } from '@/components/ui/card';
import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <>
      <Skeleton className="mb-3 w-48 max-w-full" />
      <Skeleton className="mb-8 h-8 w-full max-w-md" />
      <div className="grid gap-6 lg:grid-cols-2">
        <Skeleton className="h-80" />
        <Skeleton className="h-56" />
      </div>
      <Card padded={false} className="mt-8">
        <TableSkeleton rows={6} />
      </Card>
    </>
  );
}
