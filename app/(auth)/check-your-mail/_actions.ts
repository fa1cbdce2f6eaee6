'use server';

import { resendMail } from '@/lib/accounts/resend';
import { visitor } from '@/lib/accounts/web/session';
import { findPendingMail, findSignUpBrowser } from '@/lib/accounts/web/cookies';
import { fail } from '@/lib/platform/errors';
import { formDone } from '@/lib/platform/form-state';
import { NO_FIELDS } from '@/lib/platform/http/actions';

export const resendAction = visitor.form(NO_FIELDS, async (_fields, { clientKey }) => {
  const pending = await findPendingMail();
  if (pending === null) return fail('not_found', { detail: 'Please start again.' });
  const result = await resendMail(pending, { clientKey, browserHash: await findSignUpBrowser() });
  return result.ok ? formDone('Sent again.') : result;
});
