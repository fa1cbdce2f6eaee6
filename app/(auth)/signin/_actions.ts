'use server';

import { redirect } from 'next/navigation';
import { emailOnlySchema } from '@/lib/accounts/forms';
import { safeCallbackPath } from '@/lib/accounts/rules/account';
import { resendVerification } from '@/lib/accounts/sign-up';
import { findSignUpBrowser, rememberPendingMail } from '@/lib/accounts/web/cookies';
import { currentClientKey } from '@/lib/accounts/web/session';
import { formFailed, type FormState } from '@/lib/platform/form-state';

export async function resendVerificationAction(_previous: FormState, form: FormData): Promise<FormState> {
  const parsed = emailOnlySchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const result = await resendVerification(parsed.data.email, {
    clientKey: await currentClientKey(),
    browserHash: await findSignUpBrowser(),
  });
  if (!result.ok) return formFailed(result.error);
  await rememberPendingMail({
    kind: 'verify',
    email: parsed.data.email,
    callbackPath: safeCallbackPath(form.get('callbackUrl')),
  });
  redirect('/check-your-mail');
}
