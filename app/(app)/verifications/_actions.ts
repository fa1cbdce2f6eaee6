'use server';

import { z } from 'zod';
import type { BounceState, BounceTarget } from '@/components/feedback/bounce-state';
import { requireSession } from '@/lib/accounts/web/session';
import { recordFeedback } from '@/lib/verifications/feedback';

const ID_MAX_CHARS = 64;
const CODE_MAX_CHARS = 1_000;

const targetSchema = z.union([
  z.object({ verificationId: z.string().max(ID_MAX_CHARS) }),
  z.object({ listId: z.string().max(ID_MAX_CHARS), row: z.int().min(1) }),
]);

/** A hard bounce of a check or of a row of a list. */
export async function reportBounce(target: BounceTarget, _previous: BounceState, form: FormData): Promise<BounceState> {
  const { scope } = await requireSession();
  const parsed = z.object({ target: targetSchema, smtpCode: z.string().trim().max(CODE_MAX_CHARS) }).safeParse({
    target,
    smtpCode: form.get('smtpCode'),
  });
  if (!parsed.success) return { kind: 'refused', problem: 'This could not be read.' };
  const { smtpCode } = parsed.data;
  const told = await recordFeedback(scope, {
    target: parsed.data.target,
    outcome: 'hard_bounce',
    smtpCode: smtpCode === '' ? null : smtpCode,
  });
  if (told.ok) return { kind: 'told', ...told.value.refund };
  const problem = told.error.fields.smtp_code;
  return { kind: 'refused', problem: problem === undefined ? told.error.message : `The code ${problem}.` };
}
