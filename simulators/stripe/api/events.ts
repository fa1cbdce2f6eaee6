import type Stripe from 'stripe';
import { z } from 'zod';
import { expand, paging, params, text } from '../http/params';
import { listPage } from '../http/list-page';
import { route, type Route } from '../http/route';

const list = params<Stripe.EventListParams>()({ ...paging, type: text.optional(), types: z.array(text).max(20).optional() });
const retrieve = params<Stripe.EventRetrieveParams>()({ expand });

export const EVENTS: readonly Route[] = [
  route('GET /v1/events', list, (world, { params: { type, types, ...page } }) => {
    const found = world.store
      .list('event')
      .filter((event) => type === undefined || event.type === type)
      .filter((event) => types === undefined || types.includes(event.type));
    return listPage('/v1/events', found, page);
  }),
  route('GET /v1/events/:id', retrieve, (world, { id }) => world.store.get('event', id)),
];
