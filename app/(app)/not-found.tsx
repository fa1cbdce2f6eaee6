import { SearchX } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

export default function AppPageNotFound() {
  return (
    <EmptyState
      isPage
      icon={<SearchX aria-hidden="true" />}
      title="Page not found"
      description="There is nothing at this address in this workspace. Check the link for a typo; it may also belong to another workspace."
      actions={
        <Button asChild>
          <Link href="/dashboard">Go to the dashboard</Link>
        </Button>
      }
    />
  );
}
