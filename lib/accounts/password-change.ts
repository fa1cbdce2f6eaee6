// A new password, chosen by somebody who knows the current one or behind a mailed link. Either way the account's other sessions
// and mailed links end, and its owner is told by mail. Asking for a link gets the same answer whether or not there is an account;
// an account without a password gets its first one that way. A link works once, and a refused password leaves it usable.
import { inTransaction } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import type { Mail } from '@/lib/platform/mail/compose';
import { postMail } from '@/lib/platform/mail/send';
import { countAccess, type WebhookAccess } from './access-review';
import { limitAttempts } from './attempts';
import { findDeviceKey } from './devices';
import { noAccountMail, passwordChangedMail, resetPasswordMail } from './mails';
import { findPasswordProblem, hashPassword, isPassword } from './passwords';
import { findConfirmingMail } from './sign-up';
import { endSessions } from './store/sessions';
import { consumeAuthToken, findAuthTokenUser, voidAuthTokens } from './store/tokens';
import { findUser, findUserByEmail, updateUserPassword } from './store/users';
import { hashToken, issueToken } from './tokens';

const EXPIRED = 'This link was already used or has expired. Ask for a new one.';

export interface PasswordChange {
  userId: string;
  /** The session that asks. */
  sessionId: string;
  currentPassword: string;
  newPassword: string;
}

/** The caller gives the session that asked the epoch returned here, so that it alone stays signed in. */
export async function changePassword(
  change: PasswordChange,
  clientKey: string | null,
  webhooks: WebhookAccess,
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
    const now = new Date();
    await endSessions({ userId: user.id, except: change.sessionId }, now, tx);
    return updateUserPassword(user.id, { passwordHash, at: now }, tx);
  });
  postMail(async () => passwordChangedMail(user.email, await countAccess(user.id, webhooks)));
  return ok({ sessionEpoch });
}

/** Without an account, the mail says so, or repeats the confirmation link of a pending sign-up. */
export async function requestPasswordReset(
  email: string,
  clientKey: string | null,
  deviceCookie: string | null = null,
): Promise<Result<void>> {
  const limited = await limitAttempts('reset', { clientKey, email, deviceKey: await findDeviceKey(deviceCookie, email) });
  if (!limited.ok) return limited;
  // After the answer: the time it takes would tell whether there is an account.
  postMail(() => findResetMail(email));
  return ok(undefined);
}

/** The caller signs the person in: they have just read the mailbox and chosen the password. */
export async function resetPassword(
  reset: { token: string; password: string },
  clientKey: string | null,
  webhooks: WebhookAccess,
): Promise<Result<{ userId: string }>> {
  const limited = await limitAttempts('mailed_link', { clientKey });
  if (!limited.ok) return limited;
  const tokenHash = hashToken(reset.token);
  const userId = await findAuthTokenUser('reset_password', tokenHash);
  const user = userId === null ? null : await findUser(userId);
  if (user === null) return fail('not_found', { detail: EXPIRED });
  const problem = await findPasswordProblem(reset.password, user.email);
  if (problem !== null) return fail('invalid_request', { fields: { password: problem } });
  const passwordHash = await hashPassword(reset.password);
  const isDone = await inTransaction(async (tx) => {
    if ((await consumeAuthToken('reset_password', tokenHash, tx)) === null) return false;
    const now = new Date();
    await updateUserPassword(user.id, { passwordHash, at: now }, tx);
    await endSessions({ userId: user.id }, now, tx);
    await voidAuthTokens(user, tx);
    return true;
  });
  if (!isDone) return fail('not_found', { detail: EXPIRED });
  postMail(async () => passwordChangedMail(user.email, await countAccess(user.id, webhooks)));
  return ok({ userId: user.id });
}

async function findResetMail(email: string): Promise<Mail> {
  const user = await findUserByEmail(email);
  if (user === null) return (await findConfirmingMail(email, null)) ?? noAccountMail(email);
  return resetPasswordMail(email, await inTransaction((tx) => issueToken({ userId: user.id, purpose: 'reset_password' }, tx)));
}
