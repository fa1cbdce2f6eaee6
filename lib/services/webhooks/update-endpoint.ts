// Changes an endpoint's settings, or switches it on or off. Fields that are left out stay. Switching on forgets the failures before.
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import { findEndpointRow, updateEndpointRow } from '@/lib/data/webhook-endpoints';
import { isEmittedEventType, type EndpointState } from '@/lib/domain/webhook-events';
import type { WebhookEndpointView } from '@/lib/domain/webhook-view';
import { fail, ok, type Result } from '@/lib/errors';
import { findEndpointProblems } from './endpoint-problems';
import { toEndpointView } from './webhook-view';

export interface UpdateEndpoint {
  url?: string | undefined;
  description?: string | undefined;
  events?: readonly string[] | undefined;
  state?: EndpointState | undefined;
}

export async function updateEndpoint(scope: Scope, id: string, change: UpdateEndpoint): Promise<Result<WebhookEndpointView>> {
  const [url, description] = [change.url?.trim(), change.description?.trim()];
  const fields = findEndpointProblems({ url, description, events: change.events });
  if (Object.keys(fields).length > 0) return fail('invalid_request', { fields });
  const eventTypes = change.events && [...new Set(change.events.filter(isEmittedEventType))];
  const row = await inTransaction(async (tx) => {
    const isThere = await updateEndpointRow(scope, id, { url, description, eventTypes, state: change.state }, tx);
    return isThere ? findEndpointRow(scope, id, tx) : null;
  });
  return row ? ok(toEndpointView(row)) : fail('not_found');
}
