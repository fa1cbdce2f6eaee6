import { PanelSkeleton } from '@/components/dashboard/panel-skeleton';
import { PageHeader } from '@/components/ui/page-header';

export default function Loading() {
  return (
    <>
      <PageHeader title="Usage" description="What you have, what was answered, and the cause of every credit that moved." />
      <div className="flex flex-col gap-8">
        <PanelSkeleton />
        <PanelSkeleton />
        <PanelSkeleton />
        <PanelSkeleton />
      </div>
    </>
  );
}
