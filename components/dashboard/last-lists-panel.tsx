import Link from 'next/link';
import { ListTable } from '@/components/lists/list-table';
import { Card } from '@/components/ui/card';
import type { ListView } from '@/lib/lists/rules/view';

/** Lists that are open, then the newest of the others. */
export function LastListsPanel({ items }: { items: readonly ListView[] }) {
  return (
    <Card
      title="Lists"
      padded={false}
      actions={
        <Link href="/lists" className="rounded-control text-table text-accent underline-offset-2 hover:underline">
          All lists
        </Link>
      }
    >
      <ListTable items={items} label="Lists" />
    </Card>
  );
}
