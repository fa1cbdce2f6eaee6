'use server';

import { redirect } from 'next/navigation';
import { tokenOnlySchema } from '@/lib/accounts/forms';
import { confirmEmailChange } from '@/lib/accounts/profile';
import { currentClientKey, endCurrentSession } from '@/lib/accounts/web/session';
import { formFailed, type FormState } from '@/lib/platform/form-state';

export async function confirmEmailChangeAction(_previous: FormState, form: FormData): Promise<FormState> {
  const parsed = tokenOnlySchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const result = await confirmEmailChange(parsed.data.token, await currentClientKey());
  if (!result.ok) return formFailed(result.error);
  await endCurrentSession();
  redirect('/signin?notice=moved');
}
