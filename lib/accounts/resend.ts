// Sends the mail that a visitor is waiting for again, whichever it is, at most once a minute per address and kind.
import type { Result } from '@/lib/platform/errors';
import { limitResend, type MailKind } from './attempts';
import { requestMagicLink } from './sign-in';
import { requestPasswordReset } from './password-change';
import { resendVerification, type MailedAgain } from './sign-up';

export interface MailAgain {
  kind: MailKind;
  email: string;
  callbackPath: string;
}

export async function resendMail({ kind, email, callbackPath }: MailAgain, by: MailedAgain): Promise<Result<void>> {
  const { clientKey } = by;
  if (kind === 'verify') return resendVerification(email, by);
  const limited = await limitResend(kind, { clientKey, email });
  if (!limited.ok) return limited;
  return kind === 'reset' ? requestPasswordReset(email, clientKey) : requestMagicLink({ email, callbackPath }, clientKey);
}
