import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { LocalTime } from '@/components/ui/local-time';
import { PageHeader } from '@/components/ui/page-header';
import { VerificationPermalink } from '@/components/verification/verification-permalink';
import { requireSession } from '@/lib/auth/session';
import { getReportedBounce } from '@/lib/services/feedback/get-reported-bounce';
import { getVerification } from '@/lib/services/get-verification';
import { reportBounce } from '../_actions';

export const metadata: Metadata = { title: 'Verification' };

export default async function VerificationPage({ params }: { params: Promise<{ id: string }> }) {
  const { scope } = await requireSession();
  const found = await getVerification(scope, (await params).id);
  if (!found.ok) notFound();
  const view = found.value;
  const reported = view.status === 'deliverable' ? await getReportedBounce(scope, { verificationId: view.id }) : null;
  return (
    <>
      <nav aria-label="Breadcrumb" className="mb-2 text-table text-muted">
        <Link href="/verifications" className="rounded-control hover:text-fg">
          History
        </Link>{' '}
        / <span className="font-mono">{view.id}</span>
      </nav>
      <PageHeader
        title="Verification"
        description={
          <>
            Asked for on <LocalTime iso={view.createdAt} show="both" />
            {view.cached && view.checkedAt !== null && (
              <>
                , answered from the check of <LocalTime iso={view.checkedAt} show="both" />
              </>
            )}
          </>
        }
      />
      <VerificationPermalink view={view} bounce={{ report: reportBounce, reported }} />
    </>
  );
}
