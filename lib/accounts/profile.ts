// What people change about their own account: name, email address, acceptance of the terms. The account moves to a new address once the
// link mailed to that address is confirmed. Then every session and mailed link ends, and the old address is told. The answer to the
// request is the same if the new address has its own account: its owner is told, and nothing moves.
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import type { Mail } from '@/lib/platform/mail/compose';
import { postMail } from '@/lib/platform/mail/send';
import type { Scope } from '@/lib/platform/scope';
import { limitAttempts } from './attempts';
import { addressChangedMail, addressTakenMail, confirmNewAddressMail } from './mails';
import { isPassword } from './passwords';
import { enqueueFreeCredits, makePersonalWorkspace } from './workspaces';
import { endSessions } from './store/sessions';
import { consumeAuthToken, voidAuthTokens, hashToken, issueToken } from './store/tokens';
import { findUser, findUserByEmail, lockUser, updateTermsAccepted, updateUserEmail, updateUserName } from './store/users';
import { findFirstMembership } from './store/workspaces';

export interface EmailChange {
  userId: string;
  newEmail: string;
  /** Ignored if the account has none. */
  password: string;
}

/** Needs the password if the account has one. */
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
  if (newEmail === user.email) return fail('invalid_request', { fields: { email: 'This is already your address.' } });
  // Sent after the answer, because the time it takes would reveal whether the new address has an account.
  postMail(() => findEmailChangeMail(userId, newEmail));
  return ok(undefined);
}

/** Refuses a used or expired link, and an address that got its own account in the meantime. */
export async function confirmEmailChange(token: string, clientKey: string | null): Promise<Result<void>> {
  const limited = await limitAttempts('mailed_link', { clientKey });
  if (!limited.ok) return limited;
  const moved = await inTransaction((tx) => moveAddress(hashToken(token), tx));
  if (moved === 'used')
    return fail('not_found', { detail: 'This link was already used or has expired. Ask for a new one in the settings.' });
  if (moved === 'taken') return fail('conflict', { detail: 'Another account now uses this address.' });
  postMail(addressChangedMail(moved.oldEmail));
  return ok(undefined);
}

/** The person's mail address; null if the account is gone. */
export const findEmail = async (userId: string): Promise<string | null> => (await findUser(userId))?.email ?? null;

/** Null removes the name. */
export const changeName = (userId: string, name: string | null): Promise<void> => updateUserName(userId, name);

/**
 * For people who came by a mailed link, Google or GitHub: only now do they get a workspace and its credits. A second run changes nothing.
 * Null if the person is gone.
 */
export function acceptTerms(userId: string): Promise<Scope | null> {
  return inTransaction(async (tx) => {
    // Pressing the button twice at once must not create two workspaces.
    await lockUser(userId, tx);
    const user = await findUser(userId, tx);
    if (user === null) return null;
    await updateTermsAccepted(userId, new Date(), tx);
    const { workspaceId } = (await findFirstMembership(userId, tx)) ?? (await makePersonalWorkspace(userId, user.email, tx));
    return { workspaceId };
  });
}

async function findEmailChangeMail(userId: string, newEmail: string): Promise<Mail> {
  if ((await findUserByEmail(newEmail)) !== null) return addressTakenMail(newEmail);
  const token = await inTransaction((tx) => issueToken({ userId, purpose: 'change_email', payload: { email: newEmail } }, tx));
  return confirmNewAddressMail(newEmail, token);
}

async function moveAddress(tokenHash: string, tx: Tx): Promise<{ oldEmail: string } | 'used' | 'taken'> {
  const row = await consumeAuthToken('change_email', tokenHash, tx);
  const newEmail = row?.payload.email;
  const user = row && (await findUser(row.userId, tx));
  if (!user || newEmail === undefined) return 'used';
  if ((await findUserByEmail(newEmail, tx)) !== null) return 'taken';
  await updateUserEmail(user.id, newEmail, tx);
  const membership = await findFirstMembership(user.id, tx);
  // The old mailbox may have been a disposable one, and the new one may be entitled to free credits.
  if (membership !== null) await enqueueFreeCredits(membership, tx);
  await endSessions({ userId: user.id }, new Date(), tx);
  await voidAuthTokens(user, tx);
  return { oldEmail: user.email };
}
