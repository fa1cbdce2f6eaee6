// Shared by the routes of /v1/keys: finding the key in the path, and making sure that no key grants more than it has itself. Otherwise a
// key with only `keys:admin` could create or rotate a key that may do everything.
import 'server-only';
import { AppError, unwrap } from '@/lib/platform/errors';
import { isKeyId } from '../api';
import { getApiKey, type KeyHolder } from '../keys';
import { allowsScope, type ApiKeyMode, type ApiKeyView, type ApiScope } from '../rules/keys';
import type { ApiCall } from './api-route';

interface Reach {
  mode: ApiKeyMode;
  scopes: readonly ApiScope[];
  /** Null means as many credits as there are. */
  monthlyBudget: number | null;
}

/** The key in the path. A key of another workspace and a malformed id both read as missing. */
export async function requireKeyOfPath({ holder, param }: ApiCall): Promise<ApiKeyView> {
  const id = param('id');
  if (!isKeyId(id)) throw new AppError('not_found');
  return unwrap(await getApiKey(holder.scope, id));
}

export function requireWithin(holder: KeyHolder, reach: Reach): void {
  const excess = findExcess(holder, reach);
  if (excess !== null) throw new AppError('forbidden', { detail: excess });
}

function findExcess(holder: KeyHolder, { mode, scopes, monthlyBudget }: Reach): string | null {
  if (holder.mode === 'test' && mode !== 'test') return 'A test key can only manage test keys.';
  const more = scopes.filter((scope) => !allowsScope(holder.scopes, scope));
  if (more.length > 0) return `The key of this request does not have ${more.join(', ')}, so it can’t manage a key that does.`;
  const { monthlyBudget: own } = holder;
  if (own !== null && mode !== 'test' && (monthlyBudget === null || monthlyBudget > own))
    return `The key of this request has a budget of ${own} credits, so it can’t manage a key with a larger one.`;
  return null;
}
