// Mails the link that moves an account to a new address, to that address. Needs the password where the account has one. The
// answer is the same when the new address has an account of its own: then its owner is told, and nothing moves.
import { inTransaction } from '@/lib/data/transaction';
import { findUser, findUserByEmail } from '@/lib/data/users';
import { fail, ok, type Result } from '@/lib/errors';
import type { Mail } from '@/lib/mail/mail';
import { postMail } from '@/lib/mail/post-mail';
import { addressTakenMail } from '@/lib/mail/templates/address-taken';
import { confirmNewAddressMail } from '@/lib/mail/templates/confirm-new-address';
import { limitAttempts } from '../limit-attempts';
import { issueToken } from './auth-token';
import { isPassword } from './password-hash';

export interface EmailChange {
  userId: string;
  newEmail: string;
  /** Ignored where the account has none. */
  password: string;
}

export async function requestEmailChange(
  { userId, newEmail, password }: EmailChange,
  clientKey: string | null,
): Promise<Result<void>> {
  const user = await findUser(userId);
  if (user === null) return fail('unauthenticated');
  const limited = await limitAttempts('account_change', { clientKey, email: user.email });
  if (!limited.ok) return limited;
  if (user.passwordHash !== null && !(await isPassword(password, user.passwordHash))) {
    return fail('invalid_request', { fields: { password: 'This is not your password.' } });
  }
  if (newEmail === user.email) return fail('invalid_request', { fields: { email: 'This is your address already.' } });
  // Behind the answer: the time it takes would tell whether the new address has an account.
  postMail(() => findMail(userId, newEmail));
  return ok(undefined);
}

async function findMail(userId: string, newEmail: string): Promise<Mail> {
  if ((await findUserByEmail(newEmail)) !== null) return addressTakenMail(newEmail);
  const token = await inTransaction((tx) => issueToken({ userId, purpose: 'change_email', payload: { email: newEmail } }, tx));
  return confirmNewAddressMail(newEmail, token);
}
