'use server';

import { redirect } from 'next/navigation';
import { currentClientKey } from '@/lib/auth/client-key';
import { endCurrentSession } from '@/lib/auth/current-session';
import { tokenOnlySchema } from '@/lib/schemas/auth';
import { formFailed } from '@/lib/schemas/form-answer';
import type { FormState } from '@/lib/schemas/form-state';
import { confirmEmailChange } from '@/lib/services/auth/confirm-email-change';

export async function confirmEmailChangeAction(_previous: FormState, form: FormData): Promise<FormState> {
  const parsed = tokenOnlySchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const result = await confirmEmailChange(parsed.data.token, await currentClientKey());
  if (!result.ok) return formFailed(result.error);
  await endCurrentSession();
  redirect('/signin?notice=moved');
}
