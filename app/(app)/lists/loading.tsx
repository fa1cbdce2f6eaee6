import { TableSkeleton } from '@/components/history/table-skeleton';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';

export default function Loading() {
  return (
    <>
      <PageHeader title="Lists" />
      <Card padded={false}>
        <TableSkeleton rows={6} />
      </Card>
    </>
  );
}
