import { SearchX } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

export default function VerificationNotFound() {
  return (
    <EmptyState
      isPage
      icon={<SearchX aria-hidden="true" />}
      title="Verification not found"
      description="There is no such verification in this workspace. Check the link for a typo; it may also belong to another workspace."
      actions={
        <>
          <Button asChild>
            <Link href="/verifications">See the history</Link>
          </Button>
          <Button asChild variant="secondary">
            <Link href="/verify">Verify an address</Link>
          </Button>
        </>
      }
    />
  );
}
