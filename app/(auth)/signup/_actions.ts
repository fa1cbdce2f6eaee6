'use server';

import { redirect } from 'next/navigation';
import { currentClientKey } from '@/lib/auth/client-key';
import { rememberPendingMail } from '@/lib/auth/pending-mail';
import { safeCallbackPath } from '@/lib/domain/callback-path';
import { signUpSchema } from '@/lib/schemas/auth';
import { formFailed } from '@/lib/schemas/form-answer';
import type { FormState } from '@/lib/schemas/form-state';
import { signUp } from '@/lib/services/auth/sign-up';

export async function signUpAction(_previous: FormState, form: FormData): Promise<FormState> {
  const parsed = signUpSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const { email, password } = parsed.data;
  const result = await signUp({ email, password }, await currentClientKey());
  if (!result.ok) return formFailed(result.error);
  await rememberPendingMail({ kind: 'verify', email, callbackPath: safeCallbackPath(form.get('callbackUrl')) });
  redirect('/check-your-mail');
}
