'use client';

import { Button } from '@/components/ui/button';
import { useRecovery } from '@/components/ui/connection/use-recovery';
import { EmptyState } from '@/components/ui/empty-state';

export default function AppError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const { recovery, retry } = useRecovery(reset);
  const isBroken = recovery === 'broken';
  const reference = error.digest === undefined ? '' : ` Reference ${error.digest}`;
  return (
    <div role={isBroken ? 'alert' : 'status'}>
      <h1 className="sr-only">{isBroken ? 'Something went wrong' : 'Briefly unavailable'}</h1>
      <EmptyState
        title={isBroken ? 'Something went wrong on our side' : 'Briefly unavailable'}
        description={
          isBroken
            ? `We couldn’t load this page.${reference}`
            : 'Reconnecting… This page loads automatically once the service is back. Work in progress continues.'
        }
        actions={
          <Button variant="secondary" onClick={retry}>
            Try again
          </Button>
        }
      />
    </div>
  );
}
