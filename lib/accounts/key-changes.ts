// What changes of a key that exists: its name, permissions, end, budget and locks, and its secret. A change applies from the next request
// on. After a rotation two secrets work: the new one, and for some hours the one before it. Promises that a key of another workspace, or
// one that is revoked, is `not_found`.
import { fail, ok, type Result } from '@/lib/platform/errors';
import { API_KEY_ROTATION_HOURS } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { type CreateApiKey, findProblems, hashApiKey, newSecret, toApiKeyView } from './keys';
import { toNetworks, toOrigins } from './locks';
import type { ApiKeyView } from './rules/keys';
import { changeApiKeyRow, findApiKeyRow, listKeySpend, rotateApiKeyRow } from './store/keys';

/** What is left out stays. */
export type ChangeApiKey = Partial<Omit<CreateApiKey, 'mode'>>;

export async function getApiKey(scope: Scope, id: string): Promise<Result<ApiKeyView>> {
  const [row, spend] = await Promise.all([findApiKeyRow(scope, id), listKeySpend(scope)]);
  return row === null ? fail('not_found') : ok(toApiKeyView(row, spend.get(id) ?? 0));
}

export async function changeApiKey(scope: Scope, id: string, change: ChangeApiKey): Promise<Result<ApiKeyView>> {
  const found = await getApiKey(scope, id);
  if (!found.ok) return found;
  const { name, mode, scopes, allowedOrigins: origins } = found.value;
  const { monthlyBudget, allowedIps, allowedOrigins } = change;
  const fields = findProblems({
    mode,
    name: change.name ?? name,
    scopes: change.scopes ?? scopes,
    expiresAt: change.expiresAt,
    monthlyBudget,
    allowedIps,
    allowedOrigins: allowedOrigins ?? origins,
  });
  if (Object.keys(fields).length > 0) return fail('invalid_request', { fields });
  const changed = await changeApiKeyRow(scope, id, {
    ...(change.name !== undefined && { name: change.name.trim() }),
    ...(change.scopes !== undefined && { scopes: [...new Set(change.scopes)] }),
    ...(change.expiresAt !== undefined && { expiresAt: change.expiresAt }),
    ...(monthlyBudget !== undefined && { monthlyCreditCap: monthlyBudget }),
    ...(allowedIps !== undefined && { allowedIps: toNetworks(allowedIps) ?? [] }),
    ...(allowedOrigins !== undefined && { allowedOrigins: toOrigins(allowedOrigins) ?? [] }),
  });
  return changed ? getApiKey(scope, id) : fail('not_found');
}

export interface Rotation {
  id: string;
  /** How long the secret of now works beside the new one. */
  oldHours?: number | undefined;
}

/** Returns the new secret, the only time that anybody sees it. */
export async function rotateApiKey(scope: Scope, { id, oldHours }: Rotation): Promise<Result<{ key: string; view: ApiKeyView }>> {
  const { min, max, default: usual } = API_KEY_ROTATION_HOURS;
  const hours = oldHours ?? usual;
  if (!Number.isSafeInteger(hours) || hours < min || hours > max)
    return fail('invalid_request', { fields: { oldHours: `Use ${min} to ${max} hours.` } });
  const found = await getApiKey(scope, id);
  if (!found.ok) return found;
  const key = newSecret(found.value.mode);
  if (!(await rotateApiKeyRow(scope, { id, keyHash: hashApiKey(key), last4: key.slice(-4), oldHours: hours })))
    return fail('not_found');
  const view = await getApiKey(scope, id);
  return view.ok ? ok({ key, view: view.value }) : view;
}
