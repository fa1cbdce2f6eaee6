// The stand-in's memory. Everything is in maps. When a request is done, its changes are appended to the journal as one line, so a crash
// loses a request whole or not at all.
import { missing } from './http/problem';
import type { Change, Journal } from './journal';
import type { Kind, Tables } from './tables';

export interface Store {
  put<K extends Kind>(kind: K, record: Tables[K]): Tables[K];
  remove(kind: Kind, id: string): void;
  find<K extends Kind>(kind: K, id: string | null): Tables[K] | null;
  /** Throws Stripe's error if there is none. */
  get<K extends Kind>(kind: K, id: string, param?: string): Tables[K];
  /** Newest first. */
  list<K extends Kind>(kind: K): Tables[K][];
  /** Makes the changes since the last call durable. */
  commit(): void;
}

type Maps = { [K in Kind]: Map<string, Tables[K]> };

export function createStore(journal: Journal): Store {
  const maps = emptyMaps();
  let changes: Change[] = [];

  function apply<K extends Kind>({ kind, id, record }: { kind: K; id: string; record: Tables[K] | null }): void {
    if (record === null) maps[kind].delete(id);
    else maps[kind].set(id, record);
  }
  for (const change of journal.read()) apply(change);
  journal.rewrite(allOf(maps));

  const note = (change: Change): void => void changes.push(change);
  return {
    put: (kind, record) => {
      apply({ kind, id: record.id, record });
      note({ kind, id: record.id, record });
      return record;
    },
    remove: (kind, id) => {
      apply({ kind, id, record: null });
      note({ kind, id, record: null });
    },
    find: (kind, id) => (id === null ? null : (maps[kind].get(id) ?? null)),
    get: (kind, id, param = 'id') => {
      const found = maps[kind].get(id);
      if (found === undefined) throw missing(kind, id, param);
      return found;
    },
    list: (kind) => [...maps[kind].values()].reverse(),
    commit: () => {
      if (changes.length > 0) journal.append(changes);
      changes = [];
    },
  };
}

function allOf(maps: Maps): Change[] {
  const changes: Change[] = [];
  for (const kind of KINDS) for (const [id, record] of maps[kind]) changes.push({ kind, id, record });
  return changes;
}

function emptyMaps(): Maps {
  return {
    product: new Map(),
    price: new Map(),
    coupon: new Map(),
    promotionCode: new Map(),
    discount: new Map(),
    customer: new Map(),
    paymentMethod: new Map(),
    paymentIntent: new Map(),
    charge: new Map(),
    refund: new Map(),
    dispute: new Map(),
    invoice: new Map(),
    invoiceItem: new Map(),
    invoicePayment: new Map(),
    subscription: new Map(),
    schedule: new Map(),
    session: new Map(),
    portalConfiguration: new Map(),
    portalSession: new Map(),
    event: new Map(),
    sessionItems: new Map(),
    keptAnswer: new Map(),
    setting: new Map(),
  };
}

const KINDS = [
  'product',
  'price',
  'coupon',
  'promotionCode',
  'discount',
  'customer',
  'paymentMethod',
  'paymentIntent',
  'charge',
  'refund',
  'dispute',
  'invoice',
  'invoiceItem',
  'invoicePayment',
  'subscription',
  'schedule',
  'session',
  'portalConfiguration',
  'portalSession',
  'event',
  'sessionItems',
  'keptAnswer',
  'setting',
] as const satisfies readonly Kind[];
