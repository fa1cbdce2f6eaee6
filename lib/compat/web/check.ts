// One address in the form of another service. Whoever asks again because an answer was not ready in time gets that check's answer, and
// pays for one.
import 'server-only';
import { API_TIMEOUT_MAX_MS, COMPAT_SAME_QUESTION_MS } from '@/lib/platform/limits';
import type { Attempt } from '@/lib/platform/idempotency';
import type { VerificationView } from '@/lib/verdict/verification';
import { verifyOne } from '@/lib/verifications/web/verify-one';
import type { CompatCall } from './call';

export async function checkOne(post: CompatCall & Attempt, email: string, timeoutMs: number): Promise<VerificationView> {
  const patience = { timeoutMs: Math.min(timeoutMs, API_TIMEOUT_MAX_MS), askedWithinMs: COMPAT_SAME_QUESTION_MS };
  return (await verifyOne(post, { email, ...patience })).view;
}

/** Beside the body, which has their words alone. */
export const reasonHeader = ({ reason }: VerificationView): Record<string, string> =>
  reason === null ? {} : { 'X-EV-Reason': reason };
