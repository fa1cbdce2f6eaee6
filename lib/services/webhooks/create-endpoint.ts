// Makes a webhook endpoint and hands out its secret, the only time that anybody sees it. Refuses settings that make no sense and
// more endpoints than a workspace may have.
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import { insertEndpoint } from '@/lib/data/webhook-endpoints';
import { WEBHOOKS_A_WORKSPACE } from '@/lib/domain/limits';
import { isEmittedEventType } from '@/lib/domain/webhook-events';
import type { WebhookEndpointView } from '@/lib/domain/webhook-view';
import { fail, ok, type Result } from '@/lib/errors';
import { findEndpointProblems } from './endpoint-problems';
import { newSecret } from './new-secret';
import { toEndpointView } from './webhook-view';

export interface CreateEndpoint {
  url: string;
  description?: string | undefined;
  events: readonly string[];
}

export async function createEndpoint(
  scope: Scope,
  { url, description = '', events }: CreateEndpoint,
): Promise<Result<{ secret: string; view: WebhookEndpointView }>> {
  const wanted = { url: url.trim(), description: description.trim(), events };
  const fields = findEndpointProblems(wanted);
  if (Object.keys(fields).length > 0) return fail('invalid_request', { fields });
  const secret = newSecret();
  const eventTypes = [...new Set(events.filter(isEmittedEventType))];
  const row = await inTransaction((tx) =>
    insertEndpoint(
      scope,
      { url: wanted.url, description: wanted.description, eventTypes, secret, max: WEBHOOKS_A_WORKSPACE },
      tx,
    ),
  );
  if (row === null)
    return fail('limit_reached', {
      detail: `A workspace can have ${WEBHOOKS_A_WORKSPACE} webhook endpoints. Delete one that is not needed.`,
    });
  return ok({ secret, view: toEndpointView(row) });
}
