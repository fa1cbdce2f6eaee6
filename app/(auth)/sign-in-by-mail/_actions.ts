'use server';

import { redirect } from 'next/navigation';
import { currentClientKey } from '@/lib/auth/client-key';
import { rememberPendingMail } from '@/lib/auth/pending-mail';
import { safeCallbackPath } from '@/lib/domain/callback-path';
import { emailOnlySchema } from '@/lib/schemas/auth';
import { formFailed } from '@/lib/schemas/form-answer';
import type { FormState } from '@/lib/schemas/form-state';
import { requestMagicLink } from '@/lib/services/auth/request-magic-link';

export async function magicLinkAction(_previous: FormState, form: FormData): Promise<FormState> {
  const parsed = emailOnlySchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const pending = { email: parsed.data.email, callbackPath: safeCallbackPath(form.get('callbackUrl')) };
  const result = await requestMagicLink(pending, await currentClientKey());
  if (!result.ok) return formFailed(result.error);
  await rememberPendingMail({ kind: 'magic_link', ...pending });
  redirect('/check-your-mail');
}
