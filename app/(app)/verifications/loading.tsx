import { TableSkeleton } from '@/components/history/table-skeleton';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <>
      <PageHeader title="History" description="Every check of this workspace with its evidence." />
      <Skeleton className="mb-4 h-9 w-full max-w-2xl" />
      <Card padded={false}>
        <TableSkeleton rows={8} />
      </Card>
    </>
  );
}
