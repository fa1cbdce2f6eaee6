// "Send it again": at most once a minute for an address and kind of mail, besides the limits that every attempt has.
import { consumeRateLimit } from '@/lib/data/rate-limits';
import { RESEND_COOLDOWN_S } from '@/lib/domain/limits';
import { fail, type Result } from '@/lib/errors';
import { limitAttempts, mailboxKey } from '../limit-attempts';

export type MailKind = 'verify' | 'reset' | 'magic_link';

export async function limitResend(kind: MailKind, attempt: { clientKey: string | null; email: string }): Promise<Result<void>> {
  const state = await consumeRateLimit(`cooldown:${kind}:${mailboxKey(attempt.email)}`, {
    points: 1,
    durationS: RESEND_COOLDOWN_S,
  });
  if (state.allowed) return limitAttempts('resend', attempt);
  const retryAfterS = Math.max(1, Math.ceil(state.resetMs / 1_000));
  return fail('rate_limited', {
    detail: `A mail is on its way. You can ask for another in ${retryAfterS} seconds.`,
    retryAfterS,
  });
}
