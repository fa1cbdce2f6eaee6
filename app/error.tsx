'use client';

import { FullPageMessage } from '@/components/shell/full-page-message';
import { Button } from '@/components/ui/button';

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <FullPageMessage title="Something went wrong on our side" actions={<Button onClick={reset}>Try again</Button>}>
      <p>The page could not be made. Nothing was charged for it.</p>
      {error.digest !== undefined && <p className="mt-2 font-mono text-table text-subtle">Reference {error.digest}</p>}
    </FullPageMessage>
  );
}
