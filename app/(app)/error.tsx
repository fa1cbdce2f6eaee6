'use client';

import { CloudAlert, ServerCrash } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { useRecovery } from '@/components/ui/connection/use-recovery';
import { EmptyState } from '@/components/ui/empty-state';

export default function AppError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const { recovery, retry } = useRecovery(reset);
  const isBroken = recovery === 'broken';
  return (
    <div role={isBroken ? 'alert' : 'status'}>
      <EmptyState
        isPage
        icon={isBroken ? <ServerCrash aria-hidden="true" /> : <CloudAlert aria-hidden="true" />}
        title={isBroken ? 'Something went wrong on our side' : 'Briefly unavailable'}
        description={
          isBroken
            ? 'We couldn’t load this page. Your data is safe, and nothing was charged.'
            : 'Reconnecting… This page loads automatically once the service is back. Work in progress continues.'
        }
        actions={
          <>
            <Button onClick={retry}>Try again</Button>
            {isBroken && (
              <Button asChild variant="secondary">
                <Link href="/dashboard">Go to the dashboard</Link>
              </Button>
            )}
          </>
        }
      >
        {isBroken && error.digest !== undefined && (
          <p className="text-center text-table text-muted">
            Tell us this reference if it keeps happening: <span className="font-mono text-fg">{error.digest}</span>
          </p>
        )}
      </EmptyState>
    </div>
  );
}
