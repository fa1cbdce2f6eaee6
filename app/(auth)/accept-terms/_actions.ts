'use server';

import { redirect } from 'next/navigation';
import { findSignedInUser } from '@/lib/auth/session';
import { safeCallbackPath } from '@/lib/domain/callback-path';
import { acceptTermsSchema } from '@/lib/schemas/auth';
import { formFailed } from '@/lib/schemas/form-answer';
import type { FormState } from '@/lib/schemas/form-state';
import { acceptTerms } from '@/lib/services/auth/accept-terms';

export async function acceptTermsAction(_previous: FormState, form: FormData): Promise<FormState> {
  const user = await findSignedInUser();
  if (user === null) redirect('/signin');
  const parsed = acceptTermsSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  await acceptTerms(user.userId);
  redirect(safeCallbackPath(form.get('callbackUrl')));
}
