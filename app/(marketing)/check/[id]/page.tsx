import type { Metadata } from 'next';
import { headers } from 'next/headers';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { LiveVerification } from '@/components/verification/live-verification';
import { buttonClass } from '@/components/ui/button-class';
import { VISITORS_WORKSPACE_ID } from '@/lib/platform/scope';
import { isVerificationId } from '@/lib/verifications/api';
import { getVerification } from '@/lib/verifications/read';
import { findVisitor } from '@/lib/verifications/web/free';

export const metadata: Metadata = { title: 'Your check', robots: { index: false } };

/** How often a browser without scripts reloads the page, in seconds. */
const LOOK_AGAIN_S = 2;

/**
 * The page of a free check for browsers without scripts, where the landing page's form leads. Only the visitor who started the check can
 * open it.
 */
export default async function CheckPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const visitor = findVisitor(await headers());
  if (visitor === null || !isVerificationId(id)) notFound();
  const found = await getVerification({ workspaceId: VISITORS_WORKSPACE_ID }, id, visitor);
  if (!found.ok) notFound();
  return (
    <div className="mx-auto max-w-6xl px-4 py-12 sm:px-6 sm:py-16">
      {found.value.status === 'pending' && (
        <noscript>
          <meta httpEquiv="refresh" content={String(LOOK_AGAIN_S)} />
        </noscript>
      )}
      <h1 className="mb-6 text-page font-semibold tracking-tight">Your check</h1>
      <LiveVerification initial={found.value} eventsUrl={`/api/free/verifications/${found.value.id}/events`} audience="visitor" />
      <Link href="/" className={buttonClass({ variant: 'secondary', className: 'mt-6' })}>
        Check another address
      </Link>
    </div>
  );
}
