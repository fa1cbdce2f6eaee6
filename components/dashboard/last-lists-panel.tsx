import Link from 'next/link';
import { ListTable } from '@/components/lists/list-table';
import { Card } from '@/components/ui/card';
import type { ListView } from '@/lib/domain/list-view';

export function LastListsPanel({ items }: { items: readonly ListView[] }) {
  return (
    <Card
      title="Last lists"
      padded={false}
      actions={
        <Link href="/lists" className="rounded-control text-table text-accent underline-offset-2 hover:underline">
          All of them
        </Link>
      }
    >
      <ListTable items={items} label="Last lists" />
    </Card>
  );
}
