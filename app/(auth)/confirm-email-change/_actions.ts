'use server';

import { redirect } from 'next/navigation';
import { tokenOnlySchema } from '@/lib/accounts/forms';
import { confirmEmailChange } from '@/lib/accounts/profile';
import { visitor, endCurrentSession } from '@/lib/accounts/web/session';

export const confirmEmailChangeAction = visitor.form(tokenOnlySchema, async ({ token }, { clientKey }) => {
  const result = await confirmEmailChange(token, clientKey);
  if (!result.ok) return result;
  await endCurrentSession();
  redirect('/signin?notice=moved');
});
