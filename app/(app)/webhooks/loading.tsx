import { TableSkeleton } from '@/components/history/table-skeleton';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';

export default function Loading() {
  return (
    <>
      <PageHeader
        title="Webhooks"
        description="We tell your program what happens here, by a signed request to an address of yours."
      />
      <Card padded={false}>
        <TableSkeleton rows={3} />
      </Card>
    </>
  );
}
