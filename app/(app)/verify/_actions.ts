'use server';

import { z } from 'zod';
import type { VerifyState } from '@/components/verify/verify-state';
import { requireSession } from '@/lib/accounts/web/session';
import { ADDRESS_INPUT_MAX_CHARS } from '@/lib/platform/limits';
import type { AppError } from '@/lib/platform/errors';
import { startVerification } from '@/lib/verifications/start';

const verifyForm = z.object({
  email: z.string().trim().min(1).max(ADDRESS_INPUT_MAX_CHARS),
  /** Present: do not answer from memory. */
  afresh: z.literal('1').optional(),
});

export async function verifyAddress(_previous: VerifyState, form: FormData): Promise<VerifyState> {
  const { scope } = await requireSession();
  const parsed = verifyForm.safeParse({ email: form.get('email'), afresh: form.get('afresh') ?? undefined });
  if (!parsed.success) return { kind: 'refused', problem: 'bad_input', message: 'Type the address you want to check.' };
  const { email, afresh } = parsed.data;
  const started = await startVerification(scope, { email, source: 'app', ...(afresh && { maxAgeS: 0 }) });
  return started.ok ? { kind: 'started', view: started.value } : refusal(started.error);
}

function refusal({ code, message }: AppError): VerifyState {
  if (code === 'insufficient_credits') return { kind: 'refused', problem: 'no_credits', message };
  return { kind: 'refused', problem: code === 'rate_limited' ? 'too_fast' : 'other', message };
}
