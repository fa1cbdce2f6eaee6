'use server';

import { redirect } from 'next/navigation';
import { signUpSchema } from '@/lib/accounts/forms';
import { safeCallbackPath } from '@/lib/accounts/rules/account';
import { signUp } from '@/lib/accounts/sign-up';
import { rememberPendingMail, rememberSignUpBrowser } from '@/lib/accounts/web/cookies';
import { currentClientKey } from '@/lib/accounts/web/session';
import { formFailed, type FormState } from '@/lib/platform/form-state';

export async function signUpAction(_previous: FormState, form: FormData): Promise<FormState> {
  const parsed = signUpSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const { email, password } = parsed.data;
  const callbackPath = safeCallbackPath(form.get('callbackUrl'));
  const browserHash = await rememberSignUpBrowser();
  const result = await signUp({ email, password, browserHash, callbackPath }, await currentClientKey());
  if (!result.ok) return formFailed(result.error);
  await rememberPendingMail({ kind: 'verify', email, callbackPath });
  redirect('/check-your-mail');
}
