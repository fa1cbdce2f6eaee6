import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AuthCard } from '@/components/auth/auth-card';
import { OAuthButtons } from '@/components/auth/oauth-buttons';
import { SignUpForm } from '@/components/auth/sign-up-form';
import { safeCallbackPath } from '@/lib/accounts/rules/account';
import { oauthProviderIds } from '@/lib/accounts/web/next-auth';
import { findSession } from '@/lib/accounts/web/session';
import { checkoutPath, offerInWords } from '@/lib/billing/rules/billing';
import { type Offer, offerName } from '@/lib/billing/rules/offers';
import { searchParam, type SearchParams } from '@/lib/platform/http/body';
import { FREE_PLAN_CREDITS_A_MONTH } from '@/lib/platform/limits';
import { signUpAction } from './_actions';
import { HeroCheck } from '@/components/marketing/hero-check';
import { CheckList } from '@/components/ui/check-list';

/** The offer that was chosen on the pricing page. */
async function wantedOffer(searchParams: SearchParams): Promise<Offer | null> {
  const [plan = null, interval = null, pack = null] = await Promise.all(
    ['plan', 'interval', 'pack'].map((name) => searchParam(searchParams, name)),
  );
  return offerInWords({ plan, interval, pack });
}

export const metadata: Metadata = { title: 'Sign up' };

export default async function SignUpPage({ searchParams }: { searchParams: SearchParams }) {
  const offer = await wantedOffer(searchParams);
  const callbackPath = offer === null ? safeCallbackPath(await searchParam(searchParams, 'callbackUrl')) : checkoutPath(offer);
  if ((await findSession()) !== null) redirect(callbackPath);
  return (
    <AuthCard
      title="Create your account"
      description={
        offer === null
          ? `${FREE_PLAN_CREDITS_A_MONTH} free credits a month, no card needed. Disposable addresses don’t get them.`
          : `Next you’ll pay for ${offerName(offer)}.`
      }
      beside={<SignUpReasons />}
    >
      <OAuthButtons providers={oauthProviderIds()} callbackPath={callbackPath} />
      <SignUpForm action={signUpAction} callbackPath={callbackPath} />
    </AuthCard>
  );
}

const REASONS = [
  `${FREE_PLAN_CREDITS_A_MONTH} credits every month, with no card`,
  'Lists, the API, webhooks and test keys on every plan',
  'Unknown answers and catch-all domains are free',
];

/** What an account offers, and how a check looks inside the app. */
function SignUpReasons() {
  return (
    <aside aria-label="What you get" className="flex flex-col gap-6">
      <CheckList items={REASONS} className="gap-2 text-lead" />
      <HeroCheck caption="Recorded on our built-in test mail servers." />
    </aside>
  );
}
