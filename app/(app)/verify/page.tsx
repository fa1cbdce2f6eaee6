import type { Metadata } from 'next';
import { Suspense } from 'react';
import { LatestPanel } from '@/components/dashboard/latest-panel';
import { RowKeys } from '@/components/history/row-keys';
import { TableSkeleton } from '@/components/history/table-skeleton';
import { Card } from '@/components/ui/card';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { PageHeader } from '@/components/ui/page-header';
import { PossibleAnswers } from '@/components/verify/possible-answers';
import { VerifyPanel } from '@/components/verify/verify-panel';
import { requireSession } from '@/lib/accounts/web/session';
import { listVerifications } from '@/lib/dashboard/history';
import { ADDRESS_INPUT_MAX_CHARS } from '@/lib/platform/limits';
import { sandboxDomain, type SandboxBehavior } from '@/lib/verdict/sandbox-catalog';
import { env } from '@/lib/platform/env';
import type { Scope } from '@/lib/platform/scope';
import { verifyAddress } from './_actions';

export const metadata: Metadata = { title: 'Verify' };

const SAMPLE_BEHAVIOURS: readonly SandboxBehavior[] = ['deliverable', 'rejecting', 'greylist', 'blocking'];

interface Props {
  searchParams: Promise<{ email?: string | string[] }>;
}

export default async function VerifyPage({ searchParams }: Props) {
  const { scope } = await requireSession();
  const { email } = await searchParams;
  const initialEmail = typeof email === 'string' ? email.slice(0, ADDRESS_INPUT_MAX_CHARS) : '';
  const samples = env().MAIL_SANDBOX === 'on' ? SAMPLE_BEHAVIOURS.map((behavior) => `alice@${sandboxDomain(behavior)}`) : [];
  return (
    <>
      <PageHeader title="Verify an address" description="Watch the seven layers answer, one by one. Unknown answers are free." />
      <VerifyPanel key={initialEmail} action={verifyAddress} initialEmail={initialEmail} samples={samples}>
        <ErrorBoundary message="The latest checks could not be loaded.">
          <Suspense fallback={<LatestSkeleton />}>
            <Latest scope={scope} />
          </Suspense>
        </ErrorBoundary>
      </VerifyPanel>
      <RowKeys />
    </>
  );
}

const CHECKS_SHOWN = 5;

const LatestSkeleton = () => (
  <Card padded={false}>
    <TableSkeleton rows={CHECKS_SHOWN} />
  </Card>
);

/** People who have not checked anything yet are told what an answer looks like. */
async function Latest({ scope }: { scope: Scope }) {
  const { items } = await listVerifications(scope, { limit: CHECKS_SHOWN });
  return items.length === 0 ? <PossibleAnswers /> : <LatestPanel items={items} />;
}
