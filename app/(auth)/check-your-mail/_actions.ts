'use server';

import { currentClientKey } from '@/lib/auth/client-key';
import { findPendingMail } from '@/lib/auth/pending-mail';
import { fail } from '@/lib/errors';
import { formDone, formFailed } from '@/lib/schemas/form-answer';
import type { FormState } from '@/lib/schemas/form-state';
import { resendMail } from '@/lib/services/auth/resend-mail';

export async function resendAction(): Promise<FormState> {
  const pending = await findPendingMail();
  const result =
    pending === null
      ? fail('not_found', { detail: 'Begin again, please.' })
      : await resendMail(pending, await currentClientKey());
  return result.ok ? formDone('Sent again.') : formFailed(result.error);
}
