// What every part of the stand-in works with: its memory, its clock, its address, and a function that reports changes.
import type Stripe from 'stripe';
import type { Store } from './store';

type EventOf<T> = Extract<Stripe.Event, { type: T }>;

export type Emit = <T extends Stripe.Event['type']>(
  type: T,
  object: EventOf<T>['data']['object'],
  previous?: Readonly<Record<string, unknown>>,
) => void;

export interface World {
  store: Store;
  /** Without a trailing slash. */
  baseUrl: string;
  /** Seconds. The clock can be moved ahead, never back. */
  now: () => number;
  emit: Emit;
}
