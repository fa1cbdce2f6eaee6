// A new password for somebody who knows the present one. Every session ends; the caller gives the session that asked the
// epoch returned here, so that it alone goes on.
import { voidAuthTokens } from '@/lib/data/auth-tokens';
import { inTransaction } from '@/lib/data/transaction';
import { findUser, updateUserPassword } from '@/lib/data/users';
import { fail, ok, type Result } from '@/lib/errors';
import { postMail } from '@/lib/mail/post-mail';
import { passwordChangedMail } from '@/lib/mail/templates/password-changed';
import { limitAttempts } from '../limit-attempts';
import { findPasswordProblem } from './find-password-problem';
import { hashPassword, isPassword } from './password-hash';

export interface PasswordChange {
  userId: string;
  currentPassword: string;
  newPassword: string;
}

export async function changePassword(
  change: PasswordChange,
  clientKey: string | null,
): Promise<Result<{ sessionEpoch: number }>> {
  const user = await findUser(change.userId);
  if (user === null) return fail('unauthenticated');
  const limited = await limitAttempts('account_change', { clientKey, email: user.email });
  if (!limited.ok) return limited;
  if (!(await isPassword(change.currentPassword, user.passwordHash))) {
    return fail('invalid_request', { fields: { currentPassword: 'This is not your present password.' } });
  }
  const problem = await findPasswordProblem(change.newPassword, user.email);
  if (problem !== null) return fail('invalid_request', { fields: { newPassword: problem } });
  const passwordHash = await hashPassword(change.newPassword);
  const sessionEpoch = await inTransaction(async (tx) => {
    await voidAuthTokens(user, tx);
    return updateUserPassword(user.id, passwordHash, tx);
  });
  postMail(passwordChangedMail(user.email));
  return ok({ sessionEpoch });
}
