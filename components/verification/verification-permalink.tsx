'use client';

import { RotateCw } from 'lucide-react';
import Link from 'next/link';
import type { ReportBounceAction, ReportedBounce } from '@/components/feedback/bounce-target';
import { ReportBounce } from '@/components/feedback/report-bounce';
import { BreakableName } from '@/components/ui/breakable-name';
import { Button } from '@/components/ui/button';
import { Alert } from '@/components/ui/alert';
import type { VerificationView } from '@/lib/verdict/verification';
import { LiveVerification } from './live-verification';

const verifyPath = (email: string) => `/verify?email=${encodeURIComponent(email)}`;

interface BounceReporting {
  report: ReportBounceAction;
  reported: ReportedBounce | null;
}

/** A verification as its own page. */
export function VerificationPermalink({ view, bounce }: { view: VerificationView; bounce: BounceReporting }) {
  return (
    <LiveVerification
      initial={view}
      eventsUrl={`/api/verifications/${view.id}/events`}
      audience="member"
      aside={({ didYouMean }) =>
        didYouMean !== null && (
          <Alert tone="info">
            Did you mean{' '}
            <Link href={verifyPath(didYouMean)}>
              <BreakableName name={didYouMean} className="inline-block" />
            </Link>
            ?
          </Alert>
        )
      }
      actions={({ id, email, status, test }) => (
        <>
          <Button asChild variant="secondary" size="sm">
            <Link href={verifyPath(email)}>
              <RotateCw aria-hidden="true" className="size-3.5" />
              Verify again
            </Link>
          </Button>
          {status === 'deliverable' && !test && <ReportBounce email={email} target={{ verificationId: id }} {...bounce} />}
        </>
      )}
    />
  );
}
