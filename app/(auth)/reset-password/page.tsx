import type { Metadata } from 'next';
import { AuthCard } from '@/components/auth/auth-card';
import { DeadLink } from '@/components/auth/dead-link';
import { NewPasswordForm } from '@/components/auth/new-password-form';
import { searchParam, type SearchParams } from '@/lib/platform/http/body';
import { isMailedLinkLive } from '@/lib/accounts/sign-in';
import { resetPasswordAction } from './_actions';

export const metadata: Metadata = { title: 'Choose a new password' };

export default async function ResetPasswordPage({ searchParams }: { searchParams: SearchParams }) {
  const token = (await searchParam(searchParams, 'token')) ?? '';
  if (!(await isMailedLinkLive('reset_password', token))) {
    return <DeadLink href="/forgot-password" label="Ask for a new link" hint="You can ask for a new one." />;
  }
  return (
    <AuthCard title="Choose a new password" description="Saving it signs you in here and signs out all other devices.">
      <NewPasswordForm action={resetPasswordAction} token={token} />
    </AuthCard>
  );
}
