import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AuthCard } from '@/components/auth/auth-card';
import { OAuthButtons } from '@/components/auth/oauth-buttons';
import { SignUpForm } from '@/components/auth/sign-up-form';
import { oauthProviderIds } from '@/lib/auth/providers';
import { searchParam, type SearchParams } from '@/lib/auth/search-param';
import { findSession } from '@/lib/auth/session';
import { safeCallbackPath } from '@/lib/domain/callback-path';
import { FREE_PLAN_CREDITS_A_MONTH } from '@/lib/domain/limits';
import { signUpAction } from './_actions';

export const metadata: Metadata = { title: 'Sign up' };

export default async function SignUpPage({ searchParams }: { searchParams: SearchParams }) {
  const callbackPath = safeCallbackPath(await searchParam(searchParams, 'callbackUrl'));
  if ((await findSession()) !== null) redirect(callbackPath);
  return (
    <AuthCard
      title="Create your account"
      description={`${FREE_PLAN_CREDITS_A_MONTH} free verifications a month. No card needed.`}
    >
      <OAuthButtons providers={oauthProviderIds()} callbackPath={callbackPath} />
      <SignUpForm action={signUpAction} callbackPath={callbackPath} />
    </AuthCard>
  );
}
