import type { Metadata } from 'next';
import { PageHeader } from '@/components/ui/page-header';
import { PossibleAnswers } from '@/components/verify/possible-answers';
import { VerifyPanel } from '@/components/verify/verify-panel';
import { requireSession } from '@/lib/accounts/web/session';
import { ADDRESS_INPUT_MAX_CHARS } from '@/lib/platform/limits';
import { sandboxDomain, type SandboxBehavior } from '@/lib/verdict/sandbox-catalog';
import { env } from '@/lib/platform/env';
import { verifyAddress } from './_actions';

export const metadata: Metadata = { title: 'Verify' };

const SAMPLE_BEHAVIOURS: readonly SandboxBehavior[] = ['deliverable', 'rejecting', 'greylist', 'blocking'];

interface Props {
  searchParams: Promise<{ email?: string | string[] }>;
}

export default async function VerifyPage({ searchParams }: Props) {
  await requireSession();
  const { email } = await searchParams;
  const initialEmail = typeof email === 'string' ? email.slice(0, ADDRESS_INPUT_MAX_CHARS) : '';
  const samples = env().MAIL_SANDBOX === 'on' ? SAMPLE_BEHAVIOURS.map((behavior) => `alice@${sandboxDomain(behavior)}`) : [];
  return (
    <>
      <PageHeader title="Verify an address" description="Watch the seven layers answer, one by one. Unknown answers are free." />
      <VerifyPanel key={initialEmail} action={verifyAddress} initialEmail={initialEmail} samples={samples}>
        <PossibleAnswers />
      </VerifyPanel>
    </>
  );
}
