// The delivery log's filter, page and open delivery, as given in the URL. Parameters that are not understood are dropped.
import { DELIVERY_STATES, type DeliveryState } from '@/lib/webhooks/rules';
import { isDeliveryId } from '@/lib/webhooks/api';

export interface DeliverySearch {
  state?: DeliveryState | undefined;
  cursor?: string | undefined;
  /** The open delivery. */
  delivery?: string | undefined;
}

export function parseDeliverySearch(params: Record<string, string | string[] | undefined>): DeliverySearch {
  const idOf = (value: string | string[] | undefined) => (typeof value === 'string' && isDeliveryId(value) ? value : undefined);
  return {
    state: DELIVERY_STATES.find((state) => state === params.state),
    cursor: idOf(params.cursor),
    delivery: idOf(params.delivery),
  };
}

export function deliveryHref(endpointId: string, search: DeliverySearch): string {
  const params = new URLSearchParams();
  for (const name of ['state', 'cursor', 'delivery'] as const) {
    const value = search[name];
    if (value !== undefined) params.set(name, value);
  }
  return `/webhooks/${endpointId}${params.size === 0 ? '' : `?${params.toString()}`}`;
}
