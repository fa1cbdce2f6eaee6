import { PanelSkeleton } from '@/components/dashboard/panel-skeleton';
import { TableSkeleton } from '@/components/history/table-skeleton';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';

export default function Loading() {
  return (
    <>
      <PageHeader title="Dashboard" />
      <div className="grid gap-4 lg:grid-cols-3">
        <PanelSkeleton />
        <div className="lg:col-span-2">
          <PanelSkeleton holds="chart" />
        </div>
      </div>
      <Card padded={false} className="mt-4">
        <TableSkeleton rows={5} />
      </Card>
    </>
  );
}
