'use server';

import { redirect } from 'next/navigation';
import { newPasswordSchema } from '@/lib/accounts/forms';
import { resetPassword } from '@/lib/accounts/password-change';
import { visitor, beginCurrentSession } from '@/lib/accounts/web/session';
import { webhookAccess } from '@/lib/webhooks/endpoints';

export const resetPasswordAction = visitor.form(newPasswordSchema, async (fields, { clientKey }) => {
  const result = await resetPassword(fields, clientKey, webhookAccess);
  if (!result.ok) return result;
  await beginCurrentSession(result.value.userId);
  redirect('/settings/access?after=reset');
});
