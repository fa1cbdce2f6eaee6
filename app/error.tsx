'use client';

import Link from 'next/link';
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
        <>
          <button type="button" className={buttonClass()} onClick={retry}>
            Try again
          </button>
          {isBroken && (
            <Link href="/status" prefetch={false} className={buttonClass({ variant: 'secondary' })}>
              See the status
            </Link>
          )}
        </>
      }
    >
      <p role="status">
        {isBroken
          ? 'We couldn’t load this page. Try again in a moment.'
          : 'Reconnecting… This page loads automatically once the service is back.'}
      </p>
      {isBroken && error.digest !== undefined && (
        <p className="mt-2 text-table text-subtle">
          Tell us this reference if it keeps happening: <span className="font-mono text-muted">{error.digest}</span>
        </p>
      )}
    </FullPageMessage>
  );
}
