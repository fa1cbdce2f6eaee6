import type Stripe from 'stripe';
import { expand, paging, params, text } from '../http/params';
import { listPage } from '../http/list-page';
import { route, type Route } from '../http/route';
import { idOf } from '../ids';

const retrieve = params<Stripe.DisputeRetrieveParams>()({ expand });
const list = params<Stripe.DisputeListParams>()({ ...paging, charge: text.optional(), payment_intent: text.optional() });

export const DISPUTES: readonly Route[] = [
  route('GET /v1/disputes/:id', retrieve, (world, { id }) => world.store.get('dispute', id)),
  route('GET /v1/disputes', list, (world, { params: { charge, payment_intent: intent, ...page } }) => {
    const found = world.store
      .list('dispute')
      .filter((dispute) => charge === undefined || idOf(dispute.charge) === charge)
      .filter((dispute) => intent === undefined || idOf(dispute.payment_intent) === intent);
    return listPage('/v1/disputes', found, page);
  }),
];
