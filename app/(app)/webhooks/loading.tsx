import { TableSkeleton } from '@/components/history/table-skeleton';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';

export default function Loading() {
  return (
    <>
      <PageHeader title="Webhooks" description="We notify your program of what happens here, with signed requests to your URL." />
      <Card padded={false}>
        <TableSkeleton rows={3} />
      </Card>
    </>
  );
}
