// Replaces ids with whole objects where a request asks for it (`expand[]=data.schedule`). Refuses what can't be expanded.
import type { Store } from '../store';
import type { Kind } from '../tables';
import { invalid } from './problem';

/** The kind of object by property name. */
const KIND_OF: Readonly<Record<string, Kind>> = {
  customer: 'customer',
  default_payment_method: 'paymentMethod',
  payment_method: 'paymentMethod',
  payment_intent: 'paymentIntent',
  latest_charge: 'charge',
  charge: 'charge',
  invoice: 'invoice',
  latest_invoice: 'invoice',
  subscription: 'subscription',
  schedule: 'schedule',
  product: 'product',
  price: 'price',
  coupon: 'coupon',
  promotion_code: 'promotionCode',
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function expanded(store: Store, object: unknown, paths: readonly string[]): unknown {
  return paths.reduce<unknown>((whole, path) => put(store, whole, { path, parts: path.split('.') }), object);
}

interface Wanted {
  path: string;
  parts: string[];
}

function put(store: Store, value: unknown, { path, parts }: Wanted): unknown {
  const [name, ...rest] = parts;
  if (name === undefined || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => put(store, item, { path, parts }));
  if (!isRecord(value)) throw cannot(path);
  const whole = name === 'line_items' ? lineItems(store, value) : resolve(store, name, value[name]);
  if (whole === undefined) throw cannot(path);
  return { ...value, [name]: put(store, whole, { path, parts: rest }) };
}

function resolve(store: Store, name: string, value: unknown): unknown {
  const kind = KIND_OF[name];
  return kind !== undefined && typeof value === 'string' ? store.get(kind, value) : value;
}

function lineItems(store: Store, session: Record<string, unknown>): unknown {
  if (session.object !== 'checkout.session' || typeof session.id !== 'string') return undefined;
  const data = store.get('sessionItems', session.id).items;
  return { object: 'list', data, has_more: false, url: `/v1/checkout/sessions/${session.id}/line_items` };
}

const cannot = (path: string) => invalid(`This property cannot be expanded (${path}).`, { param: 'expand' });
