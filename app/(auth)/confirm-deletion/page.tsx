import type { Metadata } from 'next';
import { AuthCard } from '@/components/auth/auth-card';
import { DeadLink } from '@/components/auth/dead-link';
import { PressForm } from '@/components/auth/press-form';
import { searchParam, type SearchParams } from '@/lib/platform/http/body';
import { DELETION_WAIT_DAYS } from '@/lib/platform/limits';
import { isMailedLinkLive } from '@/lib/accounts/sign-in';
import { confirmDeletionAction } from './_actions';

export const metadata: Metadata = { title: 'Confirm the deletion' };

export default async function ConfirmDeletionPage({ searchParams }: { searchParams: SearchParams }) {
  const token = (await searchParam(searchParams, 'token')) ?? '';
  if (!(await isMailedLinkLive('delete_account', token))) {
    return <DeadLink href="/settings/delete" label="Go to settings" hint="You can ask for a new one in Settings." />;
  }
  return (
    <AuthCard
      title="Delete your account?"
      description={`API keys stop and lists pause right away. The account is deleted after ${DELETION_WAIT_DAYS} days; until then you can sign in and keep it.`}
    >
      <PressForm action={confirmDeletionAction} token={token} label="Schedule deletion" />
    </AuthCard>
  );
}
