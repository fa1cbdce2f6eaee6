import { TableSkeleton } from '@/components/history/table-skeleton';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';

export default function AccessLoading() {
  return (
    <div aria-busy="true">
      <PageHeader title="Review access" description={<Skeleton className="mt-1 w-96 max-w-full" />} />
      <Card padded={false} className="max-w-3xl">
        <TableSkeleton rows={4} />
      </Card>
    </div>
  );
}
