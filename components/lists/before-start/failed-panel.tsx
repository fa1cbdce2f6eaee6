import Link from 'next/link';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import type { ListView } from '@/lib/lists/rules/view';
import { LIST_FAILURE_COPY } from '../list-status-copy';

/** A file that could not be read: why, and what to do. */
export function FailedPanel({ list }: { list: ListView }) {
  const { title, advice } = LIST_FAILURE_COPY[list.failure ?? 'internal_error'];
  return (
    <Alert
      tone="danger"
      title={title}
      actions={
        <Button asChild variant="secondary" size="sm">
          <Link href="/lists/new">Upload another file</Link>
        </Button>
      }
    >
      {list.failureDetail !== null && <p>{list.failureDetail}</p>}
      <p className="mt-1">{advice} Nothing was charged.</p>
    </Alert>
  );
}
