// Who holds this API key. Promises that what was never a key is refused without asking the database, that a key which is
// revoked or expired opens nothing, and that `last used` is written at most once a minute.
import { findApiKeyByHash, touchApiKey, type FoundApiKey } from '@/lib/data/api-keys';
import type { Scope } from '@/lib/data/scope';
import { parseApiKey, type ApiKeyMode } from '@/lib/domain/api-key-format';
import { isApiScope, type ApiScope } from '@/lib/domain/api-scopes';
import { API_KEY_LAST_USED_EVERY_MS } from '@/lib/domain/limits';
import { hashApiKey } from './hash-api-key';

export interface KeyHolder {
  keyId: string;
  scope: Scope;
  mode: ApiKeyMode;
  scopes: readonly ApiScope[];
  plan: string;
}

export type KeyCheck =
  | { kind: 'accepted'; holder: KeyHolder }
  /** Misspelt or made up. */
  | { kind: 'unknown' }
  /** Was a key once; the sentence says what became of it. */
  | { kind: 'closed'; detail: string };

export async function authenticateApiKey(text: string): Promise<KeyCheck> {
  const parsed = parseApiKey(text);
  const found = parsed && (await findApiKeyByHash(hashApiKey(text)));
  if (!parsed || !found) return { kind: 'unknown' };
  const now = Date.now();
  if (found.revokedAt !== null) return { kind: 'closed', detail: 'This API key has been revoked.' };
  if (found.expiresAt !== null && found.expiresAt.getTime() <= now)
    return { kind: 'closed', detail: 'This API key has expired.' };
  const scope = { workspaceId: found.workspaceId };
  if (isTouchDue(found, now)) await touchApiKey(scope, found.id, API_KEY_LAST_USED_EVERY_MS);
  return {
    kind: 'accepted',
    holder: { keyId: found.id, scope, mode: parsed.mode, scopes: found.scopes.filter(isApiScope), plan: found.plan },
  };
}

const isTouchDue = ({ lastUsedAt }: FoundApiKey, now: number): boolean =>
  lastUsedAt === null || now - lastUsedAt.getTime() >= API_KEY_LAST_USED_EVERY_MS;
