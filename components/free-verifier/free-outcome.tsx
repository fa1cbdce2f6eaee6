'use client';

import Link from 'next/link';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { DidYouMean } from '@/components/verification/did-you-mean';
import { LiveVerification } from '@/components/verification/live-verification';
import { FREE_PLAN_CREDITS_A_MONTH } from '@/lib/domain/limits';
import type { FreeCheck } from './free-check';

interface FreeOutcomeProps {
  outcome: Extract<FreeCheck, { kind: 'started' | 'used_up' }>;
  onTry: (address: string) => void;
}

/** What a free check led to. More code than the form, and loaded with the first check. */
export function FreeOutcome({ outcome, onTry }: FreeOutcomeProps) {
  if (outcome.kind === 'used_up') return <UsedUp message={outcome.message} />;
  return (
    <LiveVerification
      key={outcome.view.id}
      initial={outcome.view}
      eventsUrl={`/api/free/verifications/${outcome.view.id}/events`}
      audience="visitor"
      aside={({ didYouMean }) => <DidYouMean suggestion={didYouMean} onTry={onTry} />}
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
      With a free account you get {FREE_PLAN_CREDITS_A_MONTH} credits a month, a history and an API key.
    </Alert>
  );
}
