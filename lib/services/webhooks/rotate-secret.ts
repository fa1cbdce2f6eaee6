// Gives an endpoint a new secret and hands it out once. The old one signs beside it for a day, so that a receiver can change over
// without losing a delivery. A second rotation within the day ends the oldest at once.
import type { Scope } from '@/lib/data/scope';
import { findEndpointRow, replaceSecret } from '@/lib/data/webhook-endpoints';
import { WEBHOOK_OLD_SECRET_TTL_MS } from '@/lib/domain/limits';
import type { WebhookEndpointView } from '@/lib/domain/webhook-view';
import { fail, ok, type Result } from '@/lib/errors';
import { newSecret } from './new-secret';
import { toEndpointView } from './webhook-view';

export async function rotateSecret(scope: Scope, id: string): Promise<Result<{ secret: string; view: WebhookEndpointView }>> {
  const secret = newSecret();
  const isThere = await replaceSecret(scope, { id, secret, oldEndsInMs: WEBHOOK_OLD_SECRET_TTL_MS });
  const row = isThere ? await findEndpointRow(scope, id) : null;
  return row ? ok({ secret, view: toEndpointView(row) }) : fail('not_found');
}
