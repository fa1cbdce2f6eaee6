'use server';

import { redirect } from 'next/navigation';
import { confirmDeletion } from '@/lib/accounts/deletion';
import { tokenOnlySchema } from '@/lib/accounts/forms';
import { currentClientKey } from '@/lib/accounts/web/session';
import { formFailed, type FormState } from '@/lib/platform/form-state';

export async function confirmDeletionAction(_previous: FormState, form: FormData): Promise<FormState> {
  const parsed = tokenOnlySchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const result = await confirmDeletion(parsed.data.token, await currentClientKey());
  if (!result.ok) return formFailed(result.error);
  redirect('/settings/delete');
}
