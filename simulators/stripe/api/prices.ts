import type Stripe from 'stripe';
import { z } from 'zod';
import { invalid } from '../http/problem';
import { expand, flag, integer, metadata, paging, params, text } from '../http/params';
import { listPage } from '../http/list-page';
import { route, type Route } from '../http/route';
import { makePrice } from '../objects/catalog-objects';
import type { World } from '../world';

const MAX_LOOKUP_KEYS = 10;
const recurring = params<Stripe.PriceCreateParams.Recurring>()({
  interval: z.enum(['day', 'week', 'month', 'year']),
  interval_count: integer.optional(),
});
const create = params<Stripe.PriceCreateParams>()({
  product: text,
  currency: text,
  unit_amount: integer.min(0),
  lookup_key: text.optional(),
  transfer_lookup_key: flag.optional(),
  tax_behavior: z.enum(['exclusive', 'inclusive', 'unspecified']).optional(),
  metadata: metadata.optional(),
  recurring: recurring.optional(),
  expand,
});
const update = params<Stripe.PriceUpdateParams>()({
  active: flag.optional(),
  lookup_key: text.optional(),
  transfer_lookup_key: flag.optional(),
  metadata: metadata.optional(),
  expand,
});
const list = params<Stripe.PriceListParams>()({
  ...paging,
  active: flag.optional(),
  product: text.optional(),
  lookup_keys: z.array(text).max(MAX_LOOKUP_KEYS).optional(),
});
const retrieve = params<Stripe.PriceRetrieveParams>()({ expand });

/** A lookup key names one active price. Another price can take it over only if the call says so. */
function takeLookupKey(world: World, key: string | undefined, mayTransfer: boolean): void {
  const holder = key === undefined ? undefined : world.store.list('price').find((price) => price.lookup_key === key);
  if (holder === undefined) return;
  if (!mayTransfer) {
    throw invalid(`A price (\`${holder.id}\`) already uses that lookup key.`, {
      code: 'resource_already_exists',
      param: 'lookup_key',
    });
  }
  world.emit('price.updated', world.store.put('price', { ...holder, lookup_key: null }), { lookup_key: key });
}

export const PRICES: readonly Route[] = [
  route('POST /v1/prices', create, (world, { params: given }) => {
    world.store.get('product', given.product, 'product');
    takeLookupKey(world, given.lookup_key, given.transfer_lookup_key === true);
    const price = makePrice(
      {
        product: given.product,
        currency: given.currency,
        unitAmount: given.unit_amount,
        lookupKey: given.lookup_key ?? null,
        taxBehavior: given.tax_behavior ?? 'unspecified',
        metadata: given.metadata ?? {},
        recurring: given.recurring
          ? { interval: given.recurring.interval, intervalCount: given.recurring.interval_count ?? 1 }
          : null,
      },
      world.now(),
    );
    world.emit('price.created', price);
    return world.store.put('price', price);
  }),
  route('GET /v1/prices', list, (world, { params: { active, product, lookup_keys: keys, ...page } }) => {
    const found = world.store
      .list('price')
      .filter((price) => active === undefined || price.active === active)
      .filter((price) => product === undefined || price.product === product)
      .filter((price) => keys === undefined || (price.lookup_key !== null && keys.includes(price.lookup_key)));
    return listPage('/v1/prices', found, page);
  }),
  route('GET /v1/prices/:id', retrieve, (world, { id }) => world.store.get('price', id)),
  route('POST /v1/prices/:id', update, (world, { id, params: given }) => {
    takeLookupKey(world, given.lookup_key, given.transfer_lookup_key === true);
    const old = world.store.get('price', id);
    const price = world.store.put('price', {
      ...old,
      active: given.active ?? old.active,
      lookup_key: given.lookup_key ?? old.lookup_key,
      metadata: { ...old.metadata, ...given.metadata },
    });
    world.emit('price.updated', price);
    return price;
  }),
];
