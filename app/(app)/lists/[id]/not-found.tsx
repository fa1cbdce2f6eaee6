import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

export default function ListNotFound() {
  return (
    <>
      <h1 className="sr-only">List not found</h1>
      <EmptyState
        title="This workspace has no such list"
        description="The link may be mistyped, or the list was deleted, or it belongs to another workspace."
        actions={
          <Button asChild variant="secondary">
            <Link href="/lists">Go to the lists</Link>
          </Button>
        }
      />
    </>
  );
}
