// Mails a link to choose a new password. The answer is the same whether or not there is an account; without one, the mail
// tells the address's owner so. Serves accounts without a password too: it is how they get one.
import { inTransaction } from '@/lib/data/transaction';
import { findUserByEmail } from '@/lib/data/users';
import { ok, type Result } from '@/lib/errors';
import type { Mail } from '@/lib/mail/mail';
import { postMail } from '@/lib/mail/post-mail';
import { noAccountMail } from '@/lib/mail/templates/no-account';
import { resetPasswordMail } from '@/lib/mail/templates/reset-password';
import { limitAttempts } from '../limit-attempts';
import { issueToken } from './auth-token';

export async function requestPasswordReset(email: string, clientKey: string | null): Promise<Result<void>> {
  const limited = await limitAttempts('reset', { clientKey, email });
  if (!limited.ok) return limited;
  // Behind the answer: the time it takes would tell whether there is an account.
  postMail(() => findMail(email));
  return ok(undefined);
}

async function findMail(email: string): Promise<Mail> {
  const user = await findUserByEmail(email);
  if (user === null) return noAccountMail(email);
  return resetPasswordMail(email, await inTransaction((tx) => issueToken({ userId: user.id, purpose: 'reset_password' }, tx)));
}
