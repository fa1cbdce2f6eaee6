import { TableSkeleton } from '@/components/history/table-skeleton';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <>
      <PageHeader title="History" description="Every address this workspace has verified, in the app, by API and in lists." />
      <Skeleton className="mb-4 h-20 w-full max-w-2xl" />
      <Card padded={false}>
        <TableSkeleton rows={8} />
      </Card>
    </>
  );
}
