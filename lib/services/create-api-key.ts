// Makes an API key and hands it out, the only time that anybody sees it. Promises 190 random bits without bias, and that only
// the SHA-256 is kept. Refuses names, scopes and dates that make no sense, and more keys than a workspace may have.
import { randomInt } from 'node:crypto';
import { insertApiKey } from '@/lib/data/api-keys';
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import { API_KEY_RANDOM_CHARS, BASE62, composeApiKey, type ApiKeyMode } from '@/lib/domain/api-key-format';
import type { ApiKeyView } from '@/lib/domain/api-key-view';
import type { ApiScope } from '@/lib/domain/api-scopes';
import { isKeyBudget, KEY_BUDGET_PROBLEM } from '@/lib/domain/key-budget';
import { API_KEY_NAME_MAX_CHARS, API_KEYS_A_WORKSPACE } from '@/lib/domain/limits';
import { fail, ok, type Result } from '@/lib/errors';
import { toApiKeyView } from './api-key-view';
import { hashApiKey } from './hash-api-key';

export interface CreateApiKey {
  name: string;
  mode: ApiKeyMode;
  scopes: readonly ApiScope[];
  /** Null or left out: never. */
  expiresAt?: Date | null | undefined;
  /** The most credits it may spend in a calendar month; null or left out: as many as there are. */
  monthlyBudget?: number | null | undefined;
}

const UNSTORABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

export async function createApiKey(scope: Scope, wanted: CreateApiKey): Promise<Result<{ key: string; view: ApiKeyView }>> {
  const fields = findProblems(wanted);
  if (Object.keys(fields).length > 0) return fail('invalid_request', { fields });
  const key = composeApiKey(wanted.mode, randomBase62(API_KEY_RANDOM_CHARS));
  const row = await inTransaction((tx) =>
    insertApiKey(
      scope,
      {
        name: wanted.name.trim(),
        mode: wanted.mode,
        keyHash: hashApiKey(key),
        last4: key.slice(-4),
        scopes: [...new Set(wanted.scopes)],
        expiresAt: wanted.expiresAt ?? null,
        monthlyCreditCap: wanted.monthlyBudget ?? null,
        max: API_KEYS_A_WORKSPACE,
      },
      tx,
    ),
  );
  if (row === null)
    return fail('limit_reached', {
      detail: `A workspace can have ${API_KEYS_A_WORKSPACE} API keys. Revoke one that is not needed.`,
    });
  return ok({ key, view: toApiKeyView(row, 0) });
}

// randomInt draws again where a remainder would favour the first characters.
const randomBase62 = (length: number): string => Array.from({ length }, () => BASE62.charAt(randomInt(BASE62.length))).join('');

function findProblems({ name, scopes, expiresAt, monthlyBudget = null }: CreateApiKey): Record<string, string> {
  const isNameGood = name.trim() !== '' && name.trim().length <= API_KEY_NAME_MAX_CHARS && !UNSTORABLE.test(name);
  return {
    ...(!isNameGood && { name: `Use 1 to ${API_KEY_NAME_MAX_CHARS} characters, without line breaks.` }),
    ...(scopes.length === 0 && { scopes: 'Allow at least one thing.' }),
    ...(expiresAt && !(expiresAt.getTime() > Date.now()) && { expiresAt: 'Choose a moment in the future.' }),
    ...(!isKeyBudget(monthlyBudget) && { monthlyBudget: KEY_BUDGET_PROBLEM }),
  };
}
