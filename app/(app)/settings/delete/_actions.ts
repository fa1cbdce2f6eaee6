'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { requestDeletion, undoDeletion } from '@/lib/accounts/deletion';
import { deleteAccountSchema } from '@/lib/accounts/forms';
import { currentClientKey, requireSession } from '@/lib/accounts/web/session';
import { formDone, formFailed, type FormState } from '@/lib/platform/form-state';

export async function deleteAccountAction(_previous: FormState, form: FormData): Promise<FormState> {
  const { userId } = await requireSession();
  const parsed = deleteAccountSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const result = await requestDeletion({ userId, password: parsed.data.password }, await currentClientKey());
  if (!result.ok) return formFailed(result.error);
  if (result.value === 'mailed') {
    return formDone('We sent you an email. Open the link in it within an hour to confirm the deletion.');
  }
  revalidatePath('/', 'layout');
  redirect('/settings/delete');
}

export async function keepAccountAction(): Promise<FormState> {
  const { userId } = await requireSession();
  await undoDeletion(userId);
  revalidatePath('/', 'layout');
  redirect('/settings/delete');
}
