'use server';

import { redirect } from 'next/navigation';
import { currentClientKey } from '@/lib/auth/client-key';
import { rememberPendingMail } from '@/lib/auth/pending-mail';
import { safeCallbackPath } from '@/lib/domain/callback-path';
import { emailOnlySchema } from '@/lib/schemas/auth';
import { formFailed } from '@/lib/schemas/form-answer';
import type { FormState } from '@/lib/schemas/form-state';
import { resendVerification } from '@/lib/services/auth/resend-verification';

export async function resendVerificationAction(_previous: FormState, form: FormData): Promise<FormState> {
  const parsed = emailOnlySchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const result = await resendVerification(parsed.data.email, await currentClientKey());
  if (!result.ok) return formFailed(result.error);
  await rememberPendingMail({
    kind: 'verify',
    email: parsed.data.email,
    callbackPath: safeCallbackPath(form.get('callbackUrl')),
  });
  redirect('/check-your-mail');
}
