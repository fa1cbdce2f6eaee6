'use server';

import { redirect } from 'next/navigation';
import { emailAndReturnSchema } from '@/lib/accounts/forms';
import { requestMagicLink } from '@/lib/accounts/sign-in';
import { visitor } from '@/lib/accounts/web/session';
import { findDeviceCookie, rememberPendingMail } from '@/lib/accounts/web/cookies';

export const magicLinkAction = visitor.form(emailAndReturnSchema, async ({ email, callbackUrl }, { clientKey }) => {
  const pending = { email, callbackPath: callbackUrl };
  const result = await requestMagicLink(pending, clientKey, await findDeviceCookie());
  if (!result.ok) return result;
  await rememberPendingMail({ kind: 'magic_link', ...pending });
  redirect('/check-your-mail');
});
