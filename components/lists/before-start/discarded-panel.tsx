import Link from 'next/link';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';

/** A list that was given up before it was started. */
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
