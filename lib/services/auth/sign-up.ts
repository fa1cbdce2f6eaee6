// Makes an account and mails the link that confirms it. Answers the same whether the address is new or has an account; only
// the mail to that address differs. An address that was never confirmed may be signed up again: each mailed link carries the
// password that was chosen with it, so whoever owns the mailbox decides which one counts.
import { inTransaction, type Tx } from '@/lib/data/transaction';
import { createUserRow, findUserByEmail, updateUnverifiedPassword } from '@/lib/data/users';
import { fail, ok, type Result } from '@/lib/errors';
import type { Mail } from '@/lib/mail/mail';
import { postMail } from '@/lib/mail/post-mail';
import { accountExistsMail } from '@/lib/mail/templates/account-exists';
import { confirmAddressMail } from '@/lib/mail/templates/confirm-address';
import { limitAttempts } from '../limit-attempts';
import { makePersonalWorkspace } from '../make-personal-workspace';
import { issueToken } from './auth-token';
import { findPasswordProblem } from './find-password-problem';
import { hashPassword } from './password-hash';

/** That the terms were accepted is the form's schema to insist on; the moment is kept with the account. */
export interface SignUp {
  email: string;
  password: string;
}

export async function signUp({ email, password }: SignUp, clientKey: string | null): Promise<Result<void>> {
  const limited = await limitAttempts('sign_up', { clientKey, email });
  if (!limited.ok) return limited;
  const problem = await findPasswordProblem(password, email);
  if (problem !== null) return fail('invalid_request', { fields: { password: problem } });
  const passwordHash = await hashPassword(password);
  postMail(await inTransaction((tx) => register({ email, passwordHash }, tx)));
  return ok(undefined);
}

async function register({ email, passwordHash }: { email: string; passwordHash: string }, tx: Tx): Promise<Mail> {
  const created = await createUserRow({ email, passwordHash, name: null, emailVerified: null, termsAcceptedAt: new Date() }, tx);
  if (created !== null) {
    await makePersonalWorkspace(created.id, email, tx);
    return confirmation(created.id);
  }
  const user = await findUserByEmail(email, tx);
  if (user?.emailVerified !== null) return accountExistsMail(email);
  await updateUnverifiedPassword(user.id, passwordHash, tx);
  return confirmation(user.id);

  async function confirmation(userId: string): Promise<Mail> {
    return confirmAddressMail(email, await issueToken({ userId, purpose: 'verify_email', payload: { passwordHash } }, tx));
  }
}
