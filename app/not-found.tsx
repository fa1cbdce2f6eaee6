import Link from 'next/link';
import { FullPageMessage } from '@/components/shell/full-page-message';
import { Button } from '@/components/ui/button';

export default function NotFound() {
  return (
    <FullPageMessage
      title="Page not found"
      actions={
        <>
          <Button asChild>
            <Link href="/">Go to the home page</Link>
          </Button>
          <Button asChild variant="secondary">
            <Link href="/docs">Read the docs</Link>
          </Button>
        </>
      }
    >
      <p>Check the address for a typo. The page may also have moved or been deleted.</p>
    </FullPageMessage>
  );
}
