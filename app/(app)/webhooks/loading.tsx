import { TableSkeleton } from '@/components/history/table-skeleton';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { EventList } from '@/components/webhooks/event-list';

export default function Loading() {
  return (
    <>
      <PageHeader
        title="Webhooks"
        description="Signed requests to your URL when a list is done, a check gets its verdict or credits run low."
        actions={<Skeleton className="h-9 w-32" />}
      />
      <Card padded={false}>
        <TableSkeleton rows={2} />
      </Card>
      <EventList />
    </>
  );
}
