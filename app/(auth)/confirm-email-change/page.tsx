import type { Metadata } from 'next';
import { AuthCard } from '@/components/auth/auth-card';
import { DeadLink } from '@/components/auth/dead-link';
import { PressForm } from '@/components/auth/press-form';
import { searchParam, type SearchParams } from '@/lib/platform/http/body';
import { isMailedLinkLive } from '@/lib/accounts/sign-in';
import { confirmEmailChangeAction } from './_actions';

export const metadata: Metadata = { title: 'Confirm your new address' };

export default async function ConfirmEmailChangePage({ searchParams }: { searchParams: SearchParams }) {
  const token = (await searchParam(searchParams, 'token')) ?? '';
  if (!(await isMailedLinkLive('change_email', token))) {
    return <DeadLink href="/settings" label="Go to settings" hint="You can ask for a new one in Settings." />;
  }
  return (
    <AuthCard title="Confirm your new address" description="Press the button to use this address for your account from now on.">
      <PressForm action={confirmEmailChangeAction} token={token} label="Use this address" />
    </AuthCard>
  );
}
