// After a new password: what was created before it and still works. Sessions end with the old password; API keys, webhooks and
// linked sign-ins serve programs and people who would be cut off, so their owner decides what to revoke. Revoking something that
// is already gone is no error. Webhooks are a later noun's, so the caller hands them in.
import { SESSIONS_A_USER } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { listApiKeys, revokeApiKey } from './keys';
import type { AccessItem, AccessKind, AccessReview } from './rules/account';
import { toSessionView } from './sessions';
import { listSessionsEndedAt } from './store/sessions';
import { deleteLinkedSignIn, findUser, listLinkedSignIns } from './store/users';
import { findFirstMembership } from './store/workspaces';

interface Owner {
  userId: string;
  scope: Scope;
}

export interface WebhookAccess {
  listAccess(scope: Scope): Promise<AccessItem[]>;
  /** False if it is gone already. */
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
export async function countAccess(userId: string, webhooks: WebhookAccess): Promise<Record<AccessKind, number>> {
  const membership = await findFirstMembership(userId);
  const items =
    membership === null
      ? (await listLinkedSignIns(userId)).map(() => 'sign_in' as const)
      : (await listAccess({ userId, scope: { workspaceId: membership.workspaceId } }, webhooks)).map(({ kind }) => kind);
  const count = (wanted: AccessKind) => items.filter((kind) => kind === wanted).length;
  return { key: count('key'), webhook: count('webhook'), sign_in: count('sign_in') };
}

const providerName = (provider: string): string => ({ google: 'Google', github: 'GitHub' })[provider] ?? provider;
