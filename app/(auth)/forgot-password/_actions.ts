'use server';

import { redirect } from 'next/navigation';
import { currentClientKey } from '@/lib/auth/client-key';
import { rememberPendingMail } from '@/lib/auth/pending-mail';
import { HOME_PATH } from '@/lib/domain/callback-path';
import { emailOnlySchema } from '@/lib/schemas/auth';
import { formFailed } from '@/lib/schemas/form-answer';
import type { FormState } from '@/lib/schemas/form-state';
import { requestPasswordReset } from '@/lib/services/auth/request-password-reset';

export async function requestResetAction(_previous: FormState, form: FormData): Promise<FormState> {
  const parsed = emailOnlySchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const result = await requestPasswordReset(parsed.data.email, await currentClientKey());
  if (!result.ok) return formFailed(result.error);
  await rememberPendingMail({ kind: 'reset', email: parsed.data.email, callbackPath: HOME_PATH });
  redirect('/check-your-mail');
}
