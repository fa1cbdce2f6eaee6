// A stored API key as its owners see it. Words that are no longer known are left out, never read as a right.
import type { ApiKeyRow } from '@/lib/data/api-keys';
import { API_KEY_MODES } from '@/lib/domain/api-key-format';
import type { ApiKeyView } from '@/lib/domain/api-key-view';
import { isApiScope } from '@/lib/domain/api-scopes';

/** `spent`: credits charged this month. */
export function toApiKeyView(row: ApiKeyRow, spent: number): ApiKeyView {
  return {
    id: row.id,
    name: row.name,
    mode: API_KEY_MODES.find((mode) => mode === row.mode) ?? 'pub',
    last4: row.last4,
    scopes: row.scopes.filter(isApiScope),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    monthlyBudget: row.monthlyCreditCap,
    spentThisMonth: spent,
  };
}
