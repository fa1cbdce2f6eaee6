'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { requestDeletion, undoDeletion } from '@/lib/accounts/deletion';
import { deleteAccountSchema } from '@/lib/accounts/forms';
import { member, currentClientKey } from '@/lib/accounts/web/session';
import { formDone } from '@/lib/platform/form-state';
import { NO_FIELDS } from '@/lib/platform/http/actions';

export const deleteAccountAction = member.form(deleteAccountSchema, async ({ password }, { userId }) => {
  const result = await requestDeletion({ userId, password }, await currentClientKey());
  if (!result.ok) return result;
  if (result.value === 'mailed') {
    return formDone('We sent you an email. Open the link in it within an hour to confirm the deletion.');
  }
  revalidatePath('/', 'layout');
  redirect('/settings/delete');
});

export const keepAccountAction = member.form(NO_FIELDS, async (_fields, { userId }) => {
  await undoDeletion(userId);
  revalidatePath('/', 'layout');
  redirect('/settings/delete');
});
