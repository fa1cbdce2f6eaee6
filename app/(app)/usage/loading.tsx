import { PanelSkeleton } from '@/components/dashboard/panel-skeleton';
import { TableSkeleton } from '@/components/history/table-skeleton';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';

export default function Loading() {
  return (
    <>
      <PageHeader title="Usage" description="Your balance, your answers, and the reason for every credit that moved." />
      <div className="flex flex-col gap-8">
        <PanelSkeleton />
        <PanelSkeleton holds="chart" />
        <PanelSkeleton />
        <Card padded={false}>
          <TableSkeleton rows={8} />
        </Card>
      </div>
    </>
  );
}
