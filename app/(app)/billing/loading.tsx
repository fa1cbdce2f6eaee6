import { TableSkeleton } from '@/components/history/table-skeleton';
import { Card } from '@/components/ui/card';
import { TextSkeleton } from '@/components/ui/card-skeleton';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { PAID_PLANS } from '@/lib/accounts/rules/plans';
import { PACK_IDS } from '@/lib/billing/rules/offers';

export default function BillingLoading() {
  return (
    <div aria-busy="true">
      <PageHeader title="Billing" description="The plan, the credits and what was paid for them." />
      <div className="flex flex-col gap-10">
        <div className="grid gap-4 lg:grid-cols-2">
          <TextSkeleton title="Plan" lines={['h-9 w-32', 'w-64 max-w-full']} />
          <TextSkeleton title="Credits" lines={['h-9 w-28', 'w-40 max-w-full']} />
        </div>
        <Boxes titleWidth="w-40" columns="gap-4 sm:grid-cols-3" box="h-44" names={PAID_PLANS} />
        <Boxes titleWidth="w-32" columns="gap-3 sm:grid-cols-2 lg:grid-cols-3" box="h-16" names={PACK_IDS} />
        <div className="grid gap-4 lg:grid-cols-3">
          <div className="lg:col-span-2">
            <TextSkeleton title="Automatic top-up" lines={['w-96 max-w-full', 'w-72 max-w-full']} />
          </div>
          <TextSkeleton title="Payment details" lines={['w-56 max-w-full', 'w-32']} />
        </div>
        <Card title="Invoices" padded={false}>
          <TableSkeleton rows={3} />
        </Card>
      </div>
    </div>
  );
}

interface BoxesProps {
  titleWidth: string;
  columns: string;
  box: string;
  /** The choices on offer: one box for each. */
  names: readonly string[];
}

const Boxes = ({ titleWidth, columns, box, names }: BoxesProps) => (
  <div>
    <Skeleton className={`mb-4 h-7 ${titleWidth}`} />
    <div className={`grid ${columns}`}>
      {names.map((name) => (
        <Skeleton key={name} className={`${box} rounded-card`} />
      ))}
    </div>
  </div>
);
