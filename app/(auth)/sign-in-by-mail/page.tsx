import type { Metadata } from 'next';
import Link from 'next/link';
import { AuthCard, TEXT_LINK } from '@/components/auth/auth-card';
import { EmailForm } from '@/components/auth/email-form';
import { searchParam, type SearchParams } from '@/lib/platform/http/body';
import { safeCallbackPath } from '@/lib/accounts/rules/account';
import { magicLinkAction } from './_actions';

export const metadata: Metadata = { title: 'Sign in by email' };

export default async function SignInByMailPage({ searchParams }: { searchParams: SearchParams }) {
  const callbackPath = safeCallbackPath(await searchParam(searchParams, 'callbackUrl'));
  const footer = (
    <Link href={`/signin?callbackUrl=${encodeURIComponent(callbackPath)}`} className={TEXT_LINK}>
      Sign in with a password
    </Link>
  );
  return (
    <AuthCard title="Sign in by email" description="We’ll email you a link that signs you in without a password." footer={footer}>
      <EmailForm action={magicLinkAction} label="Email me a link" callbackPath={callbackPath} />
    </AuthCard>
  );
}
