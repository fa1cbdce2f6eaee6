import { TableSkeleton } from '@/components/history/table-skeleton';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';

export default function Loading() {
  return (
    <>
      <PageHeader title="API keys" description="A key lets a program verify addresses on behalf of this workspace." />
      <Card padded={false}>
        <TableSkeleton rows={3} />
      </Card>
    </>
  );
}
