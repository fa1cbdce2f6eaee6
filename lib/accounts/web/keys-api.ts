// What the routes of /v1/keys share: the key of the path, and that no key reaches further than itself. Otherwise whoever has a key with
// `keys:admin` alone could make or rotate one that may do everything.
import 'server-only';
import { AppError, unwrap } from '@/lib/platform/errors';
import { isKeyId } from '../api';
import { getApiKey, type KeyHolder } from '../keys';
import { allowsScope, type ApiKeyMode, type ApiKeyView, type ApiScope } from '../rules/keys';
import type { ApiCall } from './api-route';

interface Reach {
  mode: ApiKeyMode;
  scopes: readonly ApiScope[];
  /** Null: as many credits as there are. */
  monthlyBudget: number | null;
}

/** The key of the path; one of another workspace, and an id that is none, read as missing. */
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
  if (more.length > 0) return `The key that asks has no ${more.join(', ')}, so it can’t manage a key that has.`;
  const { monthlyBudget: own } = holder;
  if (own !== null && mode !== 'test' && (monthlyBudget === null || monthlyBudget > own))
    return `The key that asks has a budget of ${own} credits, so it can’t manage a key with a larger one.`;
  return null;
}
