'use server';

import { redirect } from 'next/navigation';
import { confirmSignUpSchema } from '@/lib/accounts/forms';
import { safeCallbackPath } from '@/lib/accounts/rules/account';
import { confirmSignUp } from '@/lib/accounts/sign-up';
import { visitor, beginCurrentSession } from '@/lib/accounts/web/session';
import { findSignUpBrowser } from '@/lib/accounts/web/cookies';
import { awaitFreeCredits } from '@/lib/credits/free-credits';
import { FREE_CREDITS_WAIT_MS } from '@/lib/platform/limits';

export const confirmSignUpAction = visitor.form(confirmSignUpSchema, async (fields, { clientKey }) => {
  const { token, password = null, terms } = fields;
  const confirmation = { token, password, hasAcceptedTerms: terms === 'on', browserHash: await findSignUpBrowser() };
  const result = await confirmSignUp(confirmation, clientKey);
  if (!result.ok) return result;
  await beginCurrentSession(result.value.userId);
  await awaitFreeCredits({ workspaceId: result.value.workspaceId }, FREE_CREDITS_WAIT_MS);
  redirect(safeCallbackPath(result.value.callbackPath));
});
