'use server';

import { redirect } from 'next/navigation';
import { emailOnlySchema } from '@/lib/accounts/forms';
import { safeCallbackPath } from '@/lib/accounts/rules/account';
import { requestMagicLink } from '@/lib/accounts/sign-in';
import { findDeviceCookie, rememberPendingMail } from '@/lib/accounts/web/cookies';
import { currentClientKey } from '@/lib/accounts/web/session';
import { formFailed, type FormState } from '@/lib/platform/form-state';

export async function magicLinkAction(_previous: FormState, form: FormData): Promise<FormState> {
  const parsed = emailOnlySchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const pending = { email: parsed.data.email, callbackPath: safeCallbackPath(form.get('callbackUrl')) };
  const result = await requestMagicLink(pending, await currentClientKey(), await findDeviceCookie());
  if (!result.ok) return formFailed(result.error);
  await rememberPendingMail({ kind: 'magic_link', ...pending });
  redirect('/check-your-mail');
}
