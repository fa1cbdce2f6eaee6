'use client';

import { AuthCard } from '@/components/auth/auth-card';
import { Button } from '@/components/ui/button';
import { useRecovery } from '@/components/ui/connection/use-recovery';

export default function AuthError({ reset }: { error: Error; reset: () => void }) {
  const { recovery, retry } = useRecovery(reset);
  const isBroken = recovery === 'broken';
  return (
    <AuthCard
      title={isBroken ? 'Something went wrong on our side' : 'Briefly unavailable'}
      description={
        isBroken
          ? 'Nothing was changed. Try again in a moment.'
          : 'Reconnecting… This page loads automatically once the service is back.'
      }
    >
      <Button onClick={retry}>Try again</Button>
    </AuthCard>
  );
}
