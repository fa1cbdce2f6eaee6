// Deletes an endpoint with its log; what was under way to it is dropped. Another workspace's reads as missing.
import type { Scope } from '@/lib/data/scope';
import { deleteEndpointRow } from '@/lib/data/webhook-endpoints';
import { fail, ok, type Result } from '@/lib/errors';

export async function deleteEndpoint(scope: Scope, id: string): Promise<Result<void>> {
  return (await deleteEndpointRow(scope, id)) ? ok(undefined) : fail('not_found');
}
