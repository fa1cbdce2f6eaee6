// Sends the mail that a visitor waits for once more, whichever it is: at most once a minute an address and kind.
import type { Result } from '@/lib/errors';
import { limitResend, type MailKind } from './limit-resend';
import { requestMagicLink } from './request-magic-link';
import { requestPasswordReset } from './request-password-reset';
import { resendVerification } from './resend-verification';

export interface MailAgain {
  kind: MailKind;
  email: string;
  callbackPath: string;
}

export async function resendMail({ kind, email, callbackPath }: MailAgain, clientKey: string | null): Promise<Result<void>> {
  if (kind === 'verify') return resendVerification(email, clientKey);
  const limited = await limitResend(kind, { clientKey, email });
  if (!limited.ok) return limited;
  return kind === 'reset' ? requestPasswordReset(email, clientKey) : requestMagicLink({ email, callbackPath }, clientKey);
}
