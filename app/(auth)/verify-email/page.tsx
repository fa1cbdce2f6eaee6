import type { Metadata } from 'next';
import { AuthCard } from '@/components/auth/auth-card';
import { DeadLink } from '@/components/auth/dead-link';
import { PressForm } from '@/components/auth/press-form';
import { searchParam, type SearchParams } from '@/lib/auth/search-param';
import { isMailedLinkLive } from '@/lib/services/auth/is-mailed-link-live';
import { verifyEmailAction } from './_actions';

export const metadata: Metadata = { title: 'Confirm your address' };

export default async function VerifyEmailPage({ searchParams }: { searchParams: SearchParams }) {
  const token = (await searchParam(searchParams, 'token')) ?? '';
  if (!(await isMailedLinkLive('verify_email', token))) {
    return (
      <DeadLink
        href="/signin"
        label="Go to sign in"
        hint="If your address is confirmed already, sign in. If not, signing in offers a new link."
      />
    );
  }
  return (
    <AuthCard title="Confirm your address" description="Press the button to confirm that this mailbox is yours.">
      <PressForm action={verifyEmailAction} token={token} label="Confirm my address" />
    </AuthCard>
  );
}
