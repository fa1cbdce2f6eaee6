// An API key as its owners see it: everything but the key itself, which is shown once and never again.
import type { ApiKeyMode } from './api-key-format';
import type { ApiScope } from './api-scopes';

export interface ApiKeyView {
  id: string;
  name: string;
  mode: ApiKeyMode;
  last4: string;
  scopes: ApiScope[];
  /** ISO 8601, like all dates here. */
  createdAt: string;
  /** Null: never. */
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
  /** The most credits it may spend in a calendar month, UTC; null: no budget. */
  monthlyBudget: number | null;
  spentThisMonth: number;
}
