'use server';

import { redirect } from 'next/navigation';
import { acceptTermsSchema } from '@/lib/accounts/forms';
import { acceptTerms } from '@/lib/accounts/profile';
import { safeCallbackPath } from '@/lib/accounts/rules/account';
import { findSignedInUser } from '@/lib/accounts/web/session';
import { awaitFreeCredits } from '@/lib/credits/free-credits';
import { formFailed, type FormState } from '@/lib/platform/form-state';
import { FREE_CREDITS_WAIT_MS } from '@/lib/platform/limits';

export async function acceptTermsAction(_previous: FormState, form: FormData): Promise<FormState> {
  const user = await findSignedInUser();
  if (user === null) redirect('/signin');
  const parsed = acceptTermsSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const scope = await acceptTerms(user.userId);
  if (scope !== null) await awaitFreeCredits(scope, FREE_CREDITS_WAIT_MS);
  redirect(safeCallbackPath(form.get('callbackUrl')));
}
