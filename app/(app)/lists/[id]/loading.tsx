import { PanelSkeleton } from '@/components/dashboard/panel-skeleton';
import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <>
      <Skeleton className="mb-3 w-64" />
      <Skeleton className="mb-8 h-8 w-72 max-w-full" />
      <PanelSkeleton />
    </>
  );
}
