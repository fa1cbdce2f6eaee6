import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { Breadcrumb } from '@/components/ui/breadcrumb';
import { LocalTime } from '@/components/ui/local-time';
import { PageHeader } from '@/components/ui/page-header';
import { VerificationPermalink } from '@/components/verification/verification-permalink';
import { requireSession } from '@/lib/accounts/web/session';
import { getReportedBounce } from '@/lib/verifications/feedback';
import { getVerification } from '@/lib/verifications/read';
import { reportBounce } from '../_actions';

interface Props {
  params: Promise<{ id: string }>;
}

/** Read once, for both the page and its title. */
const find = cache(async (id: string) => {
  const { scope } = await requireSession();
  return { scope, found: await getVerification(scope, id) };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { found } = await find((await params).id);
  return { title: found.ok ? found.value.email : 'Verification' };
}

export default async function VerificationPage({ params }: Props) {
  const { scope, found } = await find((await params).id);
  if (!found.ok) notFound();
  const view = found.value;
  const reported = view.status === 'deliverable' ? await getReportedBounce(scope, { verificationId: view.id }) : null;
  return (
    <>
      <Breadcrumb parent={{ href: '/verifications', label: 'History' }} here={view.email} isMono />
      <PageHeader
        title="Verification"
        description={
          <>
            Requested on <LocalTime iso={view.createdAt} show="both" />
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
