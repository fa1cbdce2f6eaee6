'use server';

import { resendMail } from '@/lib/accounts/resend';
import { findPendingMail, findSignUpBrowser } from '@/lib/accounts/web/cookies';
import { currentClientKey } from '@/lib/accounts/web/session';
import { fail } from '@/lib/platform/errors';
import { formDone, formFailed, type FormState } from '@/lib/platform/form-state';

export async function resendAction(): Promise<FormState> {
  const pending = await findPendingMail();
  const result =
    pending === null
      ? fail('not_found', { detail: 'Please start again.' })
      : await resendMail(pending, { clientKey: await currentClientKey(), browserHash: await findSignUpBrowser() });
  return result.ok ? formDone('Sent again.') : formFailed(result.error);
}
