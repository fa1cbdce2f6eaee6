'use server';

import { redirect } from 'next/navigation';
import { emailAndReturnSchema, signInSchema } from '@/lib/accounts/forms';
import { signInWithPassword } from '@/lib/accounts/sign-in';
import { resendVerification } from '@/lib/accounts/sign-up';
import { beginCurrentSession, visitor } from '@/lib/accounts/web/session';
import { findDeviceCookie, findSignUpBrowser, rememberPendingMail } from '@/lib/accounts/web/cookies';

export const signInAction = visitor.form(signInSchema, async ({ callbackUrl, ...credentials }, { clientKey }) => {
  const result = await signInWithPassword(credentials, clientKey, await findDeviceCookie());
  if (!result.ok) return result;
  await beginCurrentSession(result.value.id);
  redirect(callbackUrl);
});

export const resendVerificationAction = visitor.form(emailAndReturnSchema, async ({ email, callbackUrl }, { clientKey }) => {
  const result = await resendVerification(email, { clientKey, browserHash: await findSignUpBrowser() });
  if (!result.ok) return result;
  await rememberPendingMail({ kind: 'verify', email, callbackPath: callbackUrl });
  redirect('/check-your-mail');
});
