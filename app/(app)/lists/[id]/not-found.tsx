import { SearchX } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

export default function ListNotFound() {
  return (
    <EmptyState
      isPage
      icon={<SearchX aria-hidden="true" />}
      title="List not found"
      description="There is no such list in this workspace. Check the link for a typo; it may also belong to another workspace."
      actions={
        <>
          <Button asChild>
            <Link href="/lists">See all lists</Link>
          </Button>
          <Button asChild variant="secondary">
            <Link href="/lists/new">New list</Link>
          </Button>
        </>
      }
    />
  );
}
