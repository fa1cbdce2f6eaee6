import Link from 'next/link';
import { FullPageMessage } from '@/components/shell/full-page-message';
import { Button } from '@/components/ui/button';

export default function NotFound() {
  return (
    <FullPageMessage
      title="There is nothing here"
      actions={
        <Button asChild>
          <Link href="/">Go to the front page</Link>
        </Button>
      }
    >
      <p>The address may be mistyped, or what was here is gone.</p>
    </FullPageMessage>
  );
}
