// A workspace's webhook endpoints, newest first; there are never more than its limit.
import type { Scope } from '@/lib/data/scope';
import { listEndpointRows } from '@/lib/data/webhook-endpoints';
import { WEBHOOKS_A_WORKSPACE } from '@/lib/domain/limits';
import type { WebhookEndpointView } from '@/lib/domain/webhook-view';
import { toEndpointView } from './webhook-view';

export async function listEndpoints(scope: Scope): Promise<WebhookEndpointView[]> {
  return (await listEndpointRows(scope, WEBHOOKS_A_WORKSPACE)).map(toEndpointView);
}
