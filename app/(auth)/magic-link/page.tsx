import type { Metadata } from 'next';
import { AuthCard } from '@/components/auth/auth-card';
import { DeadLink } from '@/components/auth/dead-link';
import { MagicLinkForm } from '@/components/auth/magic-link-form';
import { BreakableName } from '@/components/ui/breakable-name';
import { searchParam, type SearchParams } from '@/lib/platform/http/body';
import { safeCallbackPath } from '@/lib/accounts/rules/account';
import { emailField } from '@/lib/accounts/forms';

export const metadata: Metadata = { title: 'Sign in' };

export default async function MagicLinkPage({ searchParams }: { searchParams: SearchParams }) {
  const token = await searchParam(searchParams, 'token');
  const email = emailField.safeParse((await searchParam(searchParams, 'email')) ?? '');
  if (token === null || !email.success)
    return <DeadLink href="/sign-in-by-mail" label="Ask for a new link" hint="You can ask for a new one." />;
  const description = (
    <>
      Press the button to sign in as <BreakableName name={email.data} className="text-fg" /> on this device. If you did not ask
      for this link, close the page.
    </>
  );
  return (
    <AuthCard title="Sign in" description={description}>
      <MagicLinkForm
        token={token}
        email={email.data}
        callbackPath={safeCallbackPath(await searchParam(searchParams, 'callbackUrl'))}
      />
    </AuthCard>
  );
}
