'use server';

import { redirect } from 'next/navigation';
import { newPasswordSchema } from '@/lib/accounts/forms';
import { resetPassword } from '@/lib/accounts/password-change';
import { beginCurrentSession, currentClientKey } from '@/lib/accounts/web/session';
import { formFailed, type FormState } from '@/lib/platform/form-state';

export async function resetPasswordAction(_previous: FormState, form: FormData): Promise<FormState> {
  const parsed = newPasswordSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const result = await resetPassword(parsed.data, await currentClientKey());
  if (!result.ok) return formFailed(result.error);
  await beginCurrentSession(result.value.userId);
  redirect('/settings/access?after=reset');
}
