'use server';

import { redirect } from 'next/navigation';
import { signUpSchema } from '@/lib/accounts/forms';
import { signUp } from '@/lib/accounts/sign-up';
import { visitor } from '@/lib/accounts/web/session';
import { rememberPendingMail, rememberSignUpBrowser } from '@/lib/accounts/web/cookies';

export const signUpAction = visitor.form(signUpSchema, async ({ email, password, callbackUrl }, { clientKey }) => {
  const browserHash = await rememberSignUpBrowser();
  const result = await signUp({ email, password, browserHash, callbackPath: callbackUrl }, clientKey);
  if (!result.ok) return result;
  await rememberPendingMail({ kind: 'verify', email, callbackPath: callbackUrl });
  redirect('/check-your-mail');
});
