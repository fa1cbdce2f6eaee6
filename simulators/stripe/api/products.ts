import type Stripe from 'stripe';
import { Problem } from '../http/problem';
import { clearable, expand, flag, metadata, paging, params, text } from '../http/params';
import { listPage } from '../http/list-page';
import { route, type Route } from '../http/route';
import { makeProduct } from '../objects/catalog-objects';

const fields = {
  name: text,
  description: clearable.optional(),
  active: flag.optional(),
  tax_code: text.optional(),
  metadata: metadata.optional(),
  expand,
};
const create = params<Stripe.ProductCreateParams>()({ ...fields, id: text.optional() });
const update = params<Stripe.ProductUpdateParams>()({ ...fields, name: text.optional() });
const list = params<Stripe.ProductListParams>()({ ...paging, active: flag.optional() });
const retrieve = params<Stripe.ProductRetrieveParams>()({ expand });

export const PRODUCTS: readonly Route[] = [
  route('POST /v1/products', create, (world, { params: given }) => {
    if (given.id !== undefined && world.store.find('product', given.id)) {
      throw new Problem(400, {
        type: 'invalid_request_error',
        code: 'resource_already_exists',
        message: 'Product already exists.',
        param: 'id',
      });
    }
    const product = makeProduct(
      {
        id: given.id,
        name: given.name,
        description: given.description ?? null,
        active: given.active ?? true,
        taxCode: given.tax_code ?? null,
        metadata: given.metadata ?? {},
      },
      world.now(),
    );
    world.emit('product.created', product);
    return world.store.put('product', product);
  }),
  route('GET /v1/products', list, (world, { params: { active, ...page } }) =>
    listPage(
      '/v1/products',
      world.store.list('product').filter((product) => active === undefined || product.active === active),
      page,
    ),
  ),
  route('GET /v1/products/:id', retrieve, (world, { id }) => world.store.get('product', id)),
  route('POST /v1/products/:id', update, (world, { id, params: given }) => {
    const old = world.store.get('product', id);
    const product = world.store.put('product', {
      ...old,
      name: given.name ?? old.name,
      description: given.description === undefined ? old.description : given.description,
      active: given.active ?? old.active,
      tax_code: given.tax_code ?? old.tax_code ?? null,
      metadata: { ...old.metadata, ...given.metadata },
      updated: world.now(),
    });
    world.emit('product.updated', product);
    return product;
  }),
];
