// Pages of lists with Stripe's cursors: newest first, continued after the id of the last object seen.
import type Stripe from 'stripe';
import { invalid } from './problem';

export interface Paging {
  limit?: number | undefined;
  starting_after?: string | undefined;
  ending_before?: string | undefined;
}

const DEFAULT_LIMIT = 10;

export function listPage<T extends { id: string }>(url: string, all: readonly T[], paging: Paging): Stripe.ApiList<T> {
  const { limit = DEFAULT_LIMIT, starting_after: after, ending_before: before } = paging;
  if (before !== undefined) {
    const end = placeOf(all, before, 'ending_before');
    const start = Math.max(0, end - limit);
    return { object: 'list', data: all.slice(start, end), has_more: start > 0, url };
  }
  const start = after === undefined ? 0 : placeOf(all, after, 'starting_after') + 1;
  return { object: 'list', data: all.slice(start, start + limit), has_more: start + limit < all.length, url };
}

function placeOf(all: readonly { id: string }[], id: string, param: string): number {
  const place = all.findIndex((item) => item.id === id);
  if (place === -1) throw invalid(`No such object: '${id}'`, { code: 'resource_missing', param });
  return place;
}
