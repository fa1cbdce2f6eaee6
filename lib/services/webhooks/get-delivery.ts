// One delivery with the body that is sent, for the log. Another workspace's, or another endpoint's, reads as missing.
import type { Scope } from '@/lib/data/scope';
import { findDeliveryRow } from '@/lib/data/webhook-deliveries';
import type { WebhookDeliveryView } from '@/lib/domain/webhook-view';
import { fail, ok, type Result } from '@/lib/errors';
import { composeBody } from './compose-request';
import { toDeliveryView } from './webhook-view';

export interface DeliveryId {
  endpointId: string;
  id: string;
}

export async function getDelivery(scope: Scope, id: DeliveryId): Promise<Result<WebhookDeliveryView & { body: string }>> {
  const row = await findDeliveryRow(scope, id);
  return row ? ok({ ...toDeliveryView(row), body: composeBody(row.event) }) : fail('not_found');
}
