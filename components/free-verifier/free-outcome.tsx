'use client';

import Link from 'next/link';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { LiveVerification } from '@/components/verification/live-verification';
import { FREE_PLAN_CREDITS_A_MONTH } from '@/lib/platform/limits';
import type { FreeCheck } from './free-check';
import { NextStepCard } from './next-step-card';

interface FreeOutcomeProps {
  outcome: Extract<FreeCheck, { kind: 'started' | 'used_up' }>;
  onTry: (address: string) => void;
  /** A verdict arrived; the allowance may have changed with it. */
  onFinal: () => void;
}

/** The outcome of a free check. It is more code than the form, so it is loaded with the first check. */
export function FreeOutcome({ outcome, onTry, onFinal }: FreeOutcomeProps) {
  if (outcome.kind === 'used_up') return <UsedUp message={outcome.message} />;
  return (
    <LiveVerification
      key={outcome.view.id}
      initial={outcome.view}
      eventsUrl={`/api/free/verifications/${outcome.view.id}/events`}
      audience="visitor"
      onFinal={onFinal}
      aside={(view) => <NextStepCard view={view} onTry={onTry} />}
    />
  );
}

function UsedUp({ message }: { message: string }) {
  return (
    <Alert
      tone="info"
      title={message}
      actions={
        <Button asChild size="sm">
          <Link href="/signup">Sign up free</Link>
        </Button>
      }
    >
      A free account has {FREE_PLAN_CREDITS_A_MONTH} credits a month from today, checks whole lists, and keeps your history. No
      card needed.
    </Alert>
  );
}
