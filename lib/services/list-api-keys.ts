// A workspace's API keys with what each was charged this month: those that work first. Bounded: of many revoked ones only the latest are shown.
import { listApiKeyRows } from '@/lib/data/api-keys';
import { listKeySpend } from '@/lib/data/key-budgets';
import type { Scope } from '@/lib/data/scope';
import type { ApiKeyView } from '@/lib/domain/api-key-view';
import { API_KEYS_A_WORKSPACE } from '@/lib/domain/limits';
import { toApiKeyView } from './api-key-view';

const KEYS_SHOWN = API_KEYS_A_WORKSPACE * 2;

export async function listApiKeys(scope: Scope): Promise<ApiKeyView[]> {
  const [rows, spend] = await Promise.all([listApiKeyRows(scope, KEYS_SHOWN), listKeySpend(scope)]);
  return rows.map((row) => toApiKeyView(row, spend.get(row.id) ?? 0));
}
