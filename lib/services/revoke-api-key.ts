// Ends an API key for good, from the next request on. A second time changes nothing; another workspace's key reads as missing.
import { revokeApiKeyRow } from '@/lib/data/api-keys';
import type { Scope } from '@/lib/data/scope';
import { fail, ok, type Result } from '@/lib/errors';

export async function revokeApiKey(scope: Scope, id: string): Promise<Result<void>> {
  return (await revokeApiKeyRow(scope, id)) ? ok(undefined) : fail('not_found');
}
