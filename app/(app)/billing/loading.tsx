import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';

export default function BillingLoading() {
  return (
    <div aria-busy="true">
      <PageHeader title="Billing" description="The plan, the credits and what was paid for them." />
      <div className="flex flex-col gap-10">
        <div className="grid gap-4 lg:grid-cols-2">
          <Skeleton className="h-44 w-full" />
          <Skeleton className="h-44 w-full" />
        </div>
        <Skeleton className="h-64 w-full" />
        <Skeleton className="h-64 w-full" />
      </div>
    </div>
  );
}
