import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AcceptTermsForm } from '@/components/auth/accept-terms-form';
import { AuthCard } from '@/components/auth/auth-card';
import { searchParam, type SearchParams } from '@/lib/platform/http/body';
import { findSession, findSignedInUser } from '@/lib/accounts/web/session';
import { safeCallbackPath } from '@/lib/accounts/rules/account';
import { acceptTermsAction } from './_actions';

export const metadata: Metadata = { title: 'Accept the terms' };

export default async function AcceptTermsPage({ searchParams }: { searchParams: SearchParams }) {
  const callbackPath = safeCallbackPath(await searchParam(searchParams, 'callbackUrl'));
  if ((await findSignedInUser()) === null) redirect('/signin');
  if ((await findSession()) !== null) redirect(callbackPath);
  return (
    <AuthCard title="One thing before you begin" description="Your account is ready as soon as you accept how it may be used.">
      <AcceptTermsForm action={acceptTermsAction} callbackPath={callbackPath} />
    </AuthCard>
  );
}
