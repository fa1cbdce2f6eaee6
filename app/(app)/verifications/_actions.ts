'use server';

import { z } from 'zod';
import { member } from '@/lib/accounts/web/session';
import { fail } from '@/lib/platform/errors';
import { formGave } from '@/lib/platform/form-state';
import { recordFeedback, type Refund } from '@/lib/verifications/feedback';

const ID_MAX_CHARS = 64;
const CODE_MAX_CHARS = 1_000;

const code = { smtpCode: z.string().trim().max(CODE_MAX_CHARS) };
const bounceForm = z.union([
  z.object({ ...code, verificationId: z.string().max(ID_MAX_CHARS) }),
  z.object({ ...code, listId: z.string().max(ID_MAX_CHARS), row: z.coerce.number().int().min(1) }),
]);

/** Reports a hard bounce of a check or of a list's row. Returns what was refunded for it. */
export const reportBounce = member.form<z.infer<typeof bounceForm>, Refund>(
  bounceForm,
  async ({ smtpCode, ...target }, { scope }) => {
    const told = await recordFeedback(scope, { target, outcome: 'hard_bounce', smtpCode: smtpCode === '' ? null : smtpCode });
    if (told.ok) return formGave(told.value.refund);
    const problem = told.error.fields.smtp_code;
    return problem === undefined ? told : fail(told.error.code, { fields: { smtpCode: `The code ${problem}.` } });
  },
);
