// A workspace's API keys: those that work first. Bounded: of many revoked ones only the latest are shown.
import { listApiKeyRows } from '@/lib/data/api-keys';
import type { Scope } from '@/lib/data/scope';
import type { ApiKeyView } from '@/lib/domain/api-key-view';
import { API_KEYS_A_WORKSPACE } from '@/lib/domain/limits';
import { toApiKeyView } from './api-key-view';

export async function listApiKeys(scope: Scope): Promise<ApiKeyView[]> {
  const rows = await listApiKeyRows(scope, API_KEYS_A_WORKSPACE * 2);
  return rows.map(toApiKeyView);
}
