import { TableSkeleton } from '@/components/history/table-skeleton';
import { Breadcrumb } from '@/components/ui/breadcrumb';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';

export default function BlocklistLoading() {
  return (
    <div aria-busy="true">
      <Breadcrumb parent={{ href: '/settings', label: 'Settings' }} here="Blocklist" />
      <PageHeader
        title="Blocklist"
        description="Addresses and domains that are never verified for this workspace. They come back as risky, free of charge, in single checks and in lists."
      />
      <div className="flex max-w-3xl flex-col gap-6">
        <Card title="Add entries">
          <Skeleton className="h-44 w-full" />
        </Card>
        <div>
          <h2 className="mb-3 text-section font-semibold tracking-tight">Entries</h2>
          <Card padded={false}>
            <TableSkeleton rows={4} />
          </Card>
        </div>
      </div>
    </div>
  );
}
