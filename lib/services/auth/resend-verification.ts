// Mails the confirming link once more, with the password chosen last. Says nothing about whether there was anything to send.
import { inTransaction } from '@/lib/data/transaction';
import { findUserByEmail } from '@/lib/data/users';
import { ok, type Result } from '@/lib/errors';
import type { Mail } from '@/lib/mail/mail';
import { postMail } from '@/lib/mail/post-mail';
import { confirmAddressMail } from '@/lib/mail/templates/confirm-address';
import { issueToken } from './auth-token';
import { limitResend } from './limit-resend';

export async function resendVerification(email: string, clientKey: string | null): Promise<Result<void>> {
  const limited = await limitResend('verify', { clientKey, email });
  if (!limited.ok) return limited;
  // Behind the answer: the time it takes would tell whether there is an account.
  postMail(() => findMail(email));
  return ok(undefined);
}

async function findMail(email: string): Promise<Mail | null> {
  const user = await findUserByEmail(email);
  if (user?.emailVerified !== null) return null;
  const { id, passwordHash } = user;
  const token = await inTransaction((tx) => issueToken({ userId: id, purpose: 'verify_email', payload: { passwordHash } }, tx));
  return confirmAddressMail(email, token);
}
