import type { Metadata } from 'next';
import { AuthCard } from '@/components/auth/auth-card';
import { ConfirmWithPasswordForm } from '@/components/auth/confirm-with-password-form';
import { DeadLink } from '@/components/auth/dead-link';
import { PressForm } from '@/components/auth/press-form';
import { BreakableName } from '@/components/ui/breakable-name';
import { searchParam, type SearchParams } from '@/lib/platform/http/body';
import { findSignUpBrowser } from '@/lib/accounts/web/cookies';
import { findWaitingSignUp } from '@/lib/accounts/sign-up';
import { confirmSignUpAction } from './_actions';

export const metadata: Metadata = { title: 'Confirm your address' };

export default async function VerifyEmailPage({ searchParams }: { searchParams: SearchParams }) {
  const token = (await searchParam(searchParams, 'token')) ?? '';
  const waiting = await findWaitingSignUp(token, await findSignUpBrowser());
  if (waiting === null) {
    return (
      <DeadLink
        href="/signin"
        label="Go to sign in"
        hint="If your address is confirmed already, sign in. If not, sign up again for a new link."
      />
    );
  }
  const email = <BreakableName name={waiting.email} className="text-fg" />;
  if (waiting.isOwnBrowser) {
    return (
      <AuthCard
        title="Confirm your address"
        description={<>Press the button to confirm that {email} is yours. It signs you in.</>}
      >
        <PressForm action={confirmSignUpAction} token={token} label="Confirm my address" />
      </AuthCard>
    );
  }
  const description = (
    <>
      This is not the browser that signed up with {email}, so the password chosen there doesn’t count. Choose yours to confirm the
      address and sign in.
    </>
  );
  return (
    <AuthCard
      title="Confirm and choose a password"
      description={description}
      footer={<p>You didn’t sign up? Close this page: without your confirmation there is no account.</p>}
    >
      <ConfirmWithPasswordForm action={confirmSignUpAction} token={token} email={waiting.email} />
    </AuthCard>
  );
}
