'use server';

import { z } from 'zod';
import { member } from '@/lib/accounts/web/session';
import { formGave } from '@/lib/platform/form-state';
import { ADDRESS_INPUT_MAX_CHARS } from '@/lib/platform/limits';
import type { VerificationView } from '@/lib/verdict/verification';
import { startVerification } from '@/lib/verifications/start';

const WANTED = 'Type the address you want to check.';

const verifyForm = z.object({
  email: z.string(WANTED).trim().min(1, WANTED).max(ADDRESS_INPUT_MAX_CHARS, WANTED),
  /** If present, the answer must not come from memory. */
  skipMemory: z.literal('1').optional(),
});

type VerifyForm = z.infer<typeof verifyForm>;

export const verifyAddress = member.form<VerifyForm, VerificationView>(verifyForm, async ({ email, skipMemory }, { scope }) => {
  const started = await startVerification(scope, { email, source: 'app', ...(skipMemory && { maxAgeS: 0 }) });
  return started.ok ? formGave(started.value) : started;
});
