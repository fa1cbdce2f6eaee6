// The delivery log of one endpoint, newest first, in cursor pages of a bounded size.
import type { Scope } from '@/lib/data/scope';
import { listDeliveryRows } from '@/lib/data/webhook-deliveries';
import { findEndpointRow } from '@/lib/data/webhook-endpoints';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '@/lib/domain/limits';
import type { DeliveryState } from '@/lib/domain/webhook-events';
import type { WebhookDeliveryView } from '@/lib/domain/webhook-view';
import { fail, ok, type Result } from '@/lib/errors';
import { toDeliveryView } from './webhook-view';

export interface DeliveryFilter {
  state?: DeliveryState | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
  limit?: number | undefined;
}

export interface DeliveryPage {
  items: WebhookDeliveryView[];
  nextCursor: string | null;
}

export async function listDeliveries(
  scope: Scope,
  endpointId: string,
  filter: DeliveryFilter = {},
): Promise<Result<DeliveryPage>> {
  const limit = Math.min(Math.max(1, Math.trunc(filter.limit ?? PAGE_SIZE_DEFAULT)), PAGE_SIZE_MAX);
  if ((await findEndpointRow(scope, endpointId)) === null) return fail('not_found');
  const rows = await listDeliveryRows(scope, { ...filter, endpointId, take: limit + 1 });
  const items = rows.slice(0, limit).map(toDeliveryView);
  return ok({ items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null });
}
