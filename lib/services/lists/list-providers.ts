// The providers that a list's addresses are at, those with most addresses first; an empty name: none is known. Bounded: a list may have
// hundreds of them.
import { findListHead, listTallies } from '@/lib/data/list-pages';
import type { Scope } from '@/lib/data/scope';
import { PROVIDERS_OFFERED } from '@/lib/domain/limits';

export async function listProviders(scope: Scope, listId: string): Promise<string[]> {
  if ((await findListHead(scope, listId)) === null) return [];
  const rowsOf = new Map<string, number>();
  for (const { provider, rows } of await listTallies(listId)) rowsOf.set(provider, (rowsOf.get(provider) ?? 0) + rows);
  return [...rowsOf.entries()]
    .sort(([a, more], [b, less]) => less - more || (a < b ? -1 : 1))
    .slice(0, PROVIDERS_OFFERED)
    .map(([provider]) => provider);
}
