'use server';

import { redirect } from 'next/navigation';
import { emailOnlySchema } from '@/lib/accounts/forms';
import { requestPasswordReset } from '@/lib/accounts/password-change';
import { HOME_PATH } from '@/lib/accounts/rules/account';
import { visitor } from '@/lib/accounts/web/session';
import { findDeviceCookie, rememberPendingMail } from '@/lib/accounts/web/cookies';

export const requestResetAction = visitor.form(emailOnlySchema, async ({ email }, { clientKey }) => {
  const result = await requestPasswordReset(email, clientKey, await findDeviceCookie());
  if (!result.ok) return result;
  await rememberPendingMail({ kind: 'reset', email, callbackPath: HOME_PATH });
  redirect('/check-your-mail');
});
