import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { AuthCard, TEXT_LINK } from '@/components/auth/auth-card';
import { OAuthButtons } from '@/components/auth/oauth-buttons';
import { SignInForm } from '@/components/auth/sign-in-form';
import { signInProblem } from '@/components/auth/sign-in-problem';
import { PRODUCT_NAME } from '@/components/shell/logo';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { findPendingMail } from '@/lib/accounts/web/cookies';
import { oauthProviderIds } from '@/lib/accounts/web/next-auth';
import { searchParam, type SearchParams } from '@/lib/platform/http/body';
import { findSession } from '@/lib/accounts/web/session';
import { safeCallbackPath } from '@/lib/accounts/rules/account';
import { resendVerificationAction } from './_actions';

export const metadata: Metadata = { title: 'Sign in' };

const NOTICES: ReadonlyMap<string, string> = new Map([
  ['moved', 'Your account uses the new address from now on. Sign in with it.'],
  ['signed-out', 'You are signed out everywhere.'],
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
      {error !== null && <Alert tone="danger">{signInProblem(error).message}</Alert>}
      <noscript>
        <Alert tone="info">A password needs JavaScript here. Without it, sign in by a link that we email you.</Alert>
      </noscript>
      <OAuthButtons providers={oauthProviderIds()} callbackPath={callbackPath} />
      <SignInForm
        callbackPath={callbackPath}
        email={(await findPendingMail())?.email ?? ''}
        resendAction={resendVerificationAction}
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
