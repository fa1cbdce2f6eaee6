'use client';

import { LiveVerification } from '@/components/verification/live-verification';
import type { VerificationView } from '@/lib/verdict/verification';

/** A visitor's check on a page of its own. */
export function VisitorCheck({ view }: { view: VerificationView }) {
  return <LiveVerification initial={view} eventsUrl={`/api/free/verifications/${view.id}/events`} audience="visitor" />;
}
