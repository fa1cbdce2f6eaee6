// One webhook endpoint of a workspace; another's reads as missing.
import type { Scope } from '@/lib/data/scope';
import { findEndpointRow } from '@/lib/data/webhook-endpoints';
import type { WebhookEndpointView } from '@/lib/domain/webhook-view';
import { fail, ok, type Result } from '@/lib/errors';
import { toEndpointView } from './webhook-view';

export async function getEndpoint(scope: Scope, id: string): Promise<Result<WebhookEndpointView>> {
  const row = await findEndpointRow(scope, id);
  return row ? ok(toEndpointView(row)) : fail('not_found');
}
