import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { AuthCard, TEXT_LINK } from '@/components/auth/auth-card';
import { OAuthButtons } from '@/components/auth/oauth-buttons';
import { SignInForm } from '@/components/auth/sign-in-form';
import { PRODUCT_NAME } from '@/components/shell/logo';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { findPendingMail } from '@/lib/accounts/web/cookies';
import { oauthProviderIds } from '@/lib/accounts/web/next-auth';
import { searchParam, type SearchParams } from '@/lib/platform/http/body';
import { findSession } from '@/lib/accounts/web/session';
import { safeCallbackPath } from '@/lib/accounts/rules/account';
import { resendVerificationAction, signInAction } from './_actions';

export const metadata: Metadata = { title: 'Sign in' };

const NOTICES: ReadonlyMap<string, string> = new Map([
  ['moved', 'Your account uses the new address from now on. Sign in with it.'],
  ['signed-out', 'You are signed out everywhere.'],
]);

/** What next-auth reports of links and providers. Anybody can write another word into the address bar. */
const PROBLEMS: ReadonlyMap<string, string> = new Map([
  ['Verification', 'This sign-in link was already used or has expired. Ask for a new one.'],
  ['OAuthAccountNotLinked', 'This address uses another sign-in method. Sign in the way you did before.'],
  ['AccessDenied', 'That account can’t be used to sign in: its email address isn’t confirmed.'],
]);

export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const callbackPath = safeCallbackPath(await searchParam(searchParams, 'callbackUrl'));
  if ((await findSession()) !== null) redirect(callbackPath);
  const notice = NOTICES.get((await searchParam(searchParams, 'notice')) ?? '');
  const error = await searchParam(searchParams, 'error');
  const back = `?callbackUrl=${encodeURIComponent(callbackPath)}`;
  const footer = (
    <p>
      New here?{' '}
      <Link href={`/signup${back}`} className={TEXT_LINK}>
        Create an account
      </Link>
    </p>
  );
  return (
    <AuthCard title={`Sign in to ${PRODUCT_NAME}`} footer={footer}>
      {notice !== undefined && <Alert tone="success">{notice}</Alert>}
      {error !== null && <Alert tone="danger">{PROBLEMS.get(error) ?? 'We couldn’t sign you in. Try again in a moment.'}</Alert>}
      <OAuthButtons providers={oauthProviderIds()} callbackPath={callbackPath} />
      <SignInForm
        action={signInAction}
        resendAction={resendVerificationAction}
        callbackPath={callbackPath}
        email={(await findPendingMail())?.email ?? ''}
      />
      <p className="flex items-center gap-3 text-table text-subtle before:h-px before:flex-1 before:bg-hairline after:h-px after:flex-1 after:bg-hairline">
        or
      </p>
      <Button asChild variant="secondary">
        <Link href={`/sign-in-by-mail${back}`}>Email me a sign-in link</Link>
      </Button>
    </AuthCard>
  );
}
