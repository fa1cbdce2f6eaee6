'use client';

import { FullPageMessage } from '@/components/shell/full-page-message';
import { buttonClass } from '@/components/ui/button-class';
import { useRecovery } from '@/components/ui/connection/use-recovery';

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const { recovery, retry } = useRecovery(reset);
  const isBroken = recovery === 'broken';
  return (
    <FullPageMessage
      title={isBroken ? 'Something went wrong on our side' : 'Briefly unavailable'}
      actions={
        <button type="button" className={buttonClass()} onClick={retry}>
          Try again
        </button>
      }
    >
      <p role="status">
        {isBroken
          ? 'We couldn’t load this page. You weren’t charged for it.'
          : 'Reconnecting… This page loads automatically once the service is back.'}
      </p>
      {isBroken && error.digest !== undefined && (
        <p className="mt-2 font-mono text-table text-subtle">Reference {error.digest}</p>
      )}
    </FullPageMessage>
  );
}
