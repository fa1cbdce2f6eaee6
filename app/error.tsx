'use client';

import { FullPageMessage } from '@/components/shell/full-page-message';
import { buttonClass } from '@/components/ui/button-class';

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <FullPageMessage
      title="Something went wrong on our side"
      actions={
        <button type="button" className={buttonClass()} onClick={reset}>
          Try again
        </button>
      }
    >
      <p>The page could not be made. Nothing was charged for it.</p>
      {error.digest !== undefined && <p className="mt-2 font-mono text-table text-subtle">Reference {error.digest}</p>}
    </FullPageMessage>
  );
}
