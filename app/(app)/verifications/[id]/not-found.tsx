import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

export default function VerificationNotFound() {
  return (
    <>
      <h1 className="sr-only">Verification not found</h1>
      <EmptyState
        title="This workspace has no such verification"
        description="The link may be mistyped, or it belongs to another workspace."
        actions={
          <Button asChild variant="secondary">
            <Link href="/verifications">Go to the history</Link>
          </Button>
        }
      />
    </>
  );
}
