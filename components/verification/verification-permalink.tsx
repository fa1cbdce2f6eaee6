'use client';

import { RotateCw } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Alert } from '@/components/ui/alert';
import type { VerificationView } from '@/lib/domain/verification-view';
import { LiveVerification } from './live-verification';

const verifyPath = (email: string) => `/verify?email=${encodeURIComponent(email)}`;

/** A verification on a page of its own. */
export function VerificationPermalink({ view }: { view: VerificationView }) {
  return (
    <LiveVerification
      initial={view}
      eventsUrl={`/api/verifications/${view.id}/events`}
      audience="member"
      aside={({ didYouMean }) =>
        didYouMean !== null && (
          <Alert tone="info">
            Did you mean{' '}
            <Link href={verifyPath(didYouMean)} className="font-mono break-all">
              {didYouMean}
            </Link>
            ?
          </Alert>
        )
      }
      actions={({ email }) => (
        <Button asChild variant="secondary" size="sm">
          <Link href={verifyPath(email)}>
            <RotateCw aria-hidden="true" className="size-3.5" />
            Verify again
          </Link>
        </Button>
      )}
    />
  );
}
