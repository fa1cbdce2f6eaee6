'use server';

import { redirect } from 'next/navigation';
import { confirmDeletion } from '@/lib/accounts/deletion';
import { tokenOnlySchema } from '@/lib/accounts/forms';
import { visitor } from '@/lib/accounts/web/session';

export const confirmDeletionAction = visitor.form(tokenOnlySchema, async ({ token }, { clientKey }) => {
  const result = await confirmDeletion(token, clientKey);
  if (!result.ok) return result;
  redirect('/settings/delete');
});
