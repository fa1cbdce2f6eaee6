import Link from 'next/link';
import { FileX2 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import type { ListView } from '@/lib/lists/rules/view';
import { LIST_FAILURE_COPY } from '../list-status-copy';
import { Alert } from '@/components/ui/alert';

/** A file that could not be read: why, and what to do. Nothing of it is kept, so there are no settings. */
export function FailedPanel({ list }: { list: ListView }) {
  const { title, advice } = LIST_FAILURE_COPY[list.failure ?? 'internal_error'];
  return (
    <Card footer="Nothing was charged, and we don’t keep the file.">
      <div role="alert">
        <EmptyState
          icon={<FileX2 aria-hidden="true" className="text-danger" />}
          title={title}
          description={
            <>
              {list.failureDetail} {advice}
            </>
          }
          actions={
            <Button asChild>
              <Link href="/lists/new">Upload another file</Link>
            </Button>
          }
        />
      </div>
    </Card>
  );
}

/** A list that was discarded before it was started. */
export function DiscardedPanel() {
  return (
    <Alert
      tone="info"
      title="This list was never started"
      actions={
        <Button asChild variant="secondary" size="sm">
          <Link href="/lists/new">New list</Link>
        </Button>
      }
    >
      Nothing was verified, nothing was charged, and its rows were deleted.
    </Alert>
  );
}
