import { PanelSkeleton } from '@/components/dashboard/panel-skeleton';
import { PageHeader } from '@/components/ui/page-header';

export default function Loading() {
  return (
    <>
      <PageHeader title="Dashboard" />
      <div className="grid gap-4 lg:grid-cols-3">
        <PanelSkeleton />
        <div className="lg:col-span-2">
          <PanelSkeleton />
        </div>
      </div>
    </>
  );
}
