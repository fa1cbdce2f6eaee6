'use server';

import { redirect } from 'next/navigation';
import { acceptTermsSchema } from '@/lib/accounts/forms';
import { acceptTerms } from '@/lib/accounts/profile';
import { signedIn } from '@/lib/accounts/web/session';
import { awaitFreeCredits } from '@/lib/credits/free-credits';
import { FREE_CREDITS_WAIT_MS } from '@/lib/platform/limits';

export const acceptTermsAction = signedIn.form(acceptTermsSchema, async ({ callbackUrl }, { userId }) => {
  const scope = await acceptTerms(userId);
  if (scope !== null) await awaitFreeCredits(scope, FREE_CREDITS_WAIT_MS);
  redirect(callbackUrl);
});
