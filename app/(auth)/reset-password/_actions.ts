'use server';

import { redirect } from 'next/navigation';
import { currentClientKey } from '@/lib/auth/client-key';
import { endCurrentSession } from '@/lib/auth/current-session';
import { newPasswordSchema } from '@/lib/schemas/auth';
import { formFailed } from '@/lib/schemas/form-answer';
import type { FormState } from '@/lib/schemas/form-state';
import { resetPassword } from '@/lib/services/auth/reset-password';

export async function resetPasswordAction(_previous: FormState, form: FormData): Promise<FormState> {
  const parsed = newPasswordSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const result = await resetPassword(parsed.data, await currentClientKey());
  if (!result.ok) return formFailed(result.error);
  await endCurrentSession();
  redirect('/signin?notice=reset');
}
