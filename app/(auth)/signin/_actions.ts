'use server';

import { redirect } from 'next/navigation';
import { emailAndReturnSchema } from '@/lib/accounts/forms';
import { resendVerification } from '@/lib/accounts/sign-up';
import { visitor } from '@/lib/accounts/web/session';
import { findSignUpBrowser, rememberPendingMail } from '@/lib/accounts/web/cookies';

export const resendVerificationAction = visitor.form(emailAndReturnSchema, async ({ email, callbackUrl }, { clientKey }) => {
  const result = await resendVerification(email, { clientKey, browserHash: await findSignUpBrowser() });
  if (!result.ok) return result;
  await rememberPendingMail({ kind: 'verify', email, callbackPath: callbackUrl });
  redirect('/check-your-mail');
});
