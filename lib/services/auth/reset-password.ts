// Sets the password chosen behind a mailed link. The token works once, every session and every other mailed link of the
// account ends, and the mailbox counts as confirmed: the link came through it. A refused password leaves the link usable.
import { consumeAuthToken, findAuthTokenUser, voidAuthTokens } from '@/lib/data/auth-tokens';
import { inTransaction } from '@/lib/data/transaction';
import { findUser, updateUserPassword, updateUserVerified } from '@/lib/data/users';
import { fail, ok, type Result } from '@/lib/errors';
import { postMail } from '@/lib/mail/post-mail';
import { passwordChangedMail } from '@/lib/mail/templates/password-changed';
import { limitAttempts } from '../limit-attempts';
import { hashToken } from './auth-token';
import { findPasswordProblem } from './find-password-problem';
import { hashPassword } from './password-hash';

const OUT_OF_DATE = 'This link was used already or is out of date. Ask for a new one.';

export async function resetPassword(reset: { token: string; password: string }, clientKey: string | null): Promise<Result<void>> {
  const limited = await limitAttempts('mailed_link', { clientKey });
  if (!limited.ok) return limited;
  const tokenHash = hashToken(reset.token);
  const userId = await findAuthTokenUser('reset_password', tokenHash);
  const user = userId === null ? null : await findUser(userId);
  if (user === null) return fail('not_found', { detail: OUT_OF_DATE });
  const problem = await findPasswordProblem(reset.password, user.email);
  if (problem !== null) return fail('invalid_request', { fields: { password: problem } });
  const passwordHash = await hashPassword(reset.password);
  const isDone = await inTransaction(async (tx) => {
    if ((await consumeAuthToken('reset_password', tokenHash, tx)) === null) return false;
    await updateUserVerified(user.id, { at: new Date(), passwordHash }, tx);
    await updateUserPassword(user.id, passwordHash, tx);
    await voidAuthTokens(user, tx);
    return true;
  });
  if (!isDone) return fail('not_found', { detail: OUT_OF_DATE });
  postMail(passwordChangedMail(user.email));
  return ok(undefined);
}
