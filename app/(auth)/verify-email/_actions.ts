'use server';

import { redirect } from 'next/navigation';
import { currentClientKey } from '@/lib/auth/client-key';
import { findPendingMail } from '@/lib/auth/pending-mail';
import { HOME_PATH } from '@/lib/domain/callback-path';
import { tokenOnlySchema } from '@/lib/schemas/auth';
import { formFailed } from '@/lib/schemas/form-answer';
import type { FormState } from '@/lib/schemas/form-state';
import { verifyEmail } from '@/lib/services/auth/verify-email';

export async function verifyEmailAction(_previous: FormState, form: FormData): Promise<FormState> {
  const parsed = tokenOnlySchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const result = await verifyEmail(parsed.data.token, await currentClientKey());
  if (!result.ok) return formFailed(result.error);
  const back = (await findPendingMail())?.callbackPath ?? HOME_PATH;
  redirect(`/signin?notice=verified&callbackUrl=${encodeURIComponent(back)}`);
}
