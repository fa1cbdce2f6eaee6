'use server';

import { redirect } from 'next/navigation';
import { emailOnlySchema } from '@/lib/accounts/forms';
import { requestPasswordReset } from '@/lib/accounts/password-change';
import { HOME_PATH } from '@/lib/accounts/rules/account';
import { findDeviceCookie, rememberPendingMail } from '@/lib/accounts/web/cookies';
import { currentClientKey } from '@/lib/accounts/web/session';
import { formFailed, type FormState } from '@/lib/platform/form-state';

export async function requestResetAction(_previous: FormState, form: FormData): Promise<FormState> {
  const parsed = emailOnlySchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const result = await requestPasswordReset(parsed.data.email, await currentClientKey(), await findDeviceCookie());
  if (!result.ok) return formFailed(result.error);
  await rememberPendingMail({ kind: 'reset', email: parsed.data.email, callbackPath: HOME_PATH });
  redirect('/check-your-mail');
}
