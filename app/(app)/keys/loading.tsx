import { TableSkeleton } from '@/components/history/table-skeleton';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <>
      <PageHeader
        title="API keys"
        description="A key lets a program verify addresses on behalf of this workspace."
        actions={<Skeleton className="h-9 w-28" />}
      />
      <Card padded={false}>
        <TableSkeleton rows={3} />
      </Card>
      <div className="mt-10">
        <h2 className="mb-3 text-section font-semibold tracking-tight">Use a key</h2>
        <Skeleton className="h-28 w-full" />
      </div>
    </>
  );
}
