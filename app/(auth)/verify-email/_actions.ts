'use server';

import { redirect } from 'next/navigation';
import { confirmSignUpSchema } from '@/lib/accounts/forms';
import { safeCallbackPath } from '@/lib/accounts/rules/account';
import { confirmSignUp } from '@/lib/accounts/sign-up';
import { findSignUpBrowser } from '@/lib/accounts/web/cookies';
import { beginCurrentSession, currentClientKey } from '@/lib/accounts/web/session';
import { awaitFreeCredits } from '@/lib/credits/free-credits';
import { formFailed, type FormState } from '@/lib/platform/form-state';
import { FREE_CREDITS_WAIT_MS } from '@/lib/platform/limits';

export async function confirmSignUpAction(_previous: FormState, form: FormData): Promise<FormState> {
  const parsed = confirmSignUpSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const { token, password = null, terms } = parsed.data;
  const confirmation = { token, password, hasAcceptedTerms: terms === 'on', browserHash: await findSignUpBrowser() };
  const result = await confirmSignUp(confirmation, await currentClientKey());
  if (!result.ok) return formFailed(result.error);
  await beginCurrentSession(result.value.userId);
  await awaitFreeCredits({ workspaceId: result.value.workspaceId }, FREE_CREDITS_WAIT_MS);
  redirect(safeCallbackPath(result.value.callbackPath));
}
