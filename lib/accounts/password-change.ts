// A new password, chosen by somebody who knows the current one or who followed a mailed link. Either way the account's other sessions and
// mailed links end, and its owner is told by mail. A request for a link gets the same answer whether or not there is an account. An
// account without a password gets its first one this way. A link works once, and a refused password leaves it usable.
import { inTransaction } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { SESSIONS_A_USER } from '@/lib/platform/limits';
import type { Mail } from '@/lib/platform/mail/compose';
import { postMail } from '@/lib/platform/mail/send';
import type { Scope } from '@/lib/platform/scope';
import { limitAttempts } from './attempts';
import { listApiKeys, revokeApiKey } from './keys';
import { noAccountMail, passwordChangedMail, resetPasswordMail } from './mails';
import { findPasswordProblem, hashPassword, isPassword } from './passwords';
import type { AccessItem, AccessKind, AccessReview } from './rules/account';
import { toSessionView, findDeviceKey } from './sign-in';
import { findConfirmingMail } from './sign-up';
import { endSessions, listSessionsEndedAt } from './store/sessions';
import { consumeAuthToken, findAuthTokenUser, voidAuthTokens, hashToken, issueToken } from './store/tokens';
import { findUser, findUserByEmail, updateUserPassword, deleteLinkedSignIn, listLinkedSignIns } from './store/users';
import { findFirstMembership } from './store/workspaces';

const EXPIRED = 'This link was already used or has expired. Ask for a new one.';

export interface PasswordChange {
  userId: string;
  /** The requesting session. */
  sessionId: string;
  currentPassword: string;
  newPassword: string;
}

/** The caller gives the requesting session the returned epoch, so that only that session stays signed in. */
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
    return fail('invalid_request', { fields: { currentPassword: 'This is not your current password.' } });
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
  // Sent after the answer, because the time it takes would reveal whether there is an account.
  postMail(() => findResetMail(email));
  return ok(undefined);
}

/** The caller signs the person in, who has just read the mailbox and chosen the password. */
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

// After a new password: what was created before it and still works. Sessions end with the old password. API keys, webhooks and linked
// sign-ins serve programs and people who would be cut off, so their owner decides what to revoke. Revoking something that is already gone
// is not an error. Webhooks belong to a later noun, so the caller passes them in.

interface Owner {
  userId: string;
  scope: Scope;
}

export interface WebhookAccess {
  listAccess(scope: Scope): Promise<AccessItem[]>;
  /** False if it is already gone. */
  revokeAccess(scope: Scope, id: string): Promise<boolean>;
}

export async function getAccessReview({ userId, scope }: Owner, webhooks: WebhookAccess): Promise<AccessReview> {
  const [user, items] = await Promise.all([findUser(userId), listAccess({ userId, scope }, webhooks)]);
  const changedAt = user?.passwordChangedAt ?? null;
  const ended = changedAt === null ? [] : await listSessionsEndedAt(userId, changedAt, SESSIONS_A_USER);
  return {
    passwordChangedAt: changedAt?.toISOString() ?? null,
    endedSessions: ended.map((row) => toSessionView(row, null)),
    items: items.filter(({ createdAt }) => changedAt === null || createdAt === null || createdAt <= changedAt.toISOString()),
  };
}

async function listAccess({ userId, scope }: Owner, webhooks: WebhookAccess): Promise<AccessItem[]> {
  const [keys, hooks, signIns] = await Promise.all([listApiKeys(scope), webhooks.listAccess(scope), listLinkedSignIns(userId)]);
  const now = new Date().toISOString();
  const works = (key: (typeof keys)[number]) => key.revokedAt === null && (key.expiresAt === null || key.expiresAt > now);
  return [
    ...keys.filter(works).map(({ id, name, mode, last4, createdAt, lastUsedAt }): AccessItem => ({
      ...{ kind: 'key', id, name, createdAt, lastUsedAt },
      detail: `evk_${mode}_…${last4}`,
    })),
    ...hooks,
    ...signIns.map(({ id, provider }): AccessItem => ({
      ...{ kind: 'sign_in', id, name: providerName(provider), createdAt: null, lastUsedAt: null },
      detail: null,
    })),
  ];
}

/** Returns how many items this call ended. */
export async function revokeAccess(
  { userId, scope }: Owner,
  chosen: readonly { kind: AccessKind; id: string }[],
  webhooks: WebhookAccess,
): Promise<number> {
  let revoked = 0;
  for (const { kind, id } of chosen) {
    if (kind === 'key') revoked += (await revokeApiKey(scope, id)).ok ? 1 : 0;
    else if (kind === 'webhook') revoked += (await webhooks.revokeAccess(scope, id)) ? 1 : 0;
    else revoked += (await deleteLinkedSignIn(userId, id)) ? 1 : 0;
  }
  return revoked;
}

/** For the mail about a new password: how many items created before it still work. */
async function countAccess(userId: string, webhooks: WebhookAccess): Promise<Record<AccessKind, number>> {
  const membership = await findFirstMembership(userId);
  const items =
    membership === null
      ? (await listLinkedSignIns(userId)).map(() => 'sign_in' as const)
      : (await listAccess({ userId, scope: { workspaceId: membership.workspaceId } }, webhooks)).map(({ kind }) => kind);
  const count = (wanted: AccessKind) => items.filter((kind) => kind === wanted).length;
  return { key: count('key'), webhook: count('webhook'), sign_in: count('sign_in') };
}

const providerName = (provider: string): string => ({ google: 'Google', github: 'GitHub' })[provider] ?? provider;
