'use client';

import { AuthCard } from '@/components/auth/auth-card';
import { Button } from '@/components/ui/button';

export default function AuthError({ reset }: { error: Error; reset: () => void }) {
  return (
    <AuthCard title="Something went wrong on our side" description="Nothing was changed. Try again in a moment.">
      <Button onClick={reset}>Try again</Button>
    </AuthCard>
  );
}
