// Moves the clock ahead and performs, in order, whatever falls due on the way: renewals, retries of failed payments, and sessions and
// changes that expire.
import type { World } from '../world';
import { idOf } from '../ids';
import { changeInvoice, changeSession, changeSubscription } from './change';
import { chargeLater } from './pay-invoice';
import { isLive, periodEndOf, renewSubscription } from './renew-subscription';
import { voidInvoice } from './void-invoice';

interface Due {
  at: number;
  run: () => void;
}

const realNow = (): number => Math.floor(Date.now() / 1_000);

export const clockOf = (offset: () => number) => (): number => realNow() + offset();

/** Moves to the given moment, or as far as possible; never back. */
export function advanceClock(world: World, until: number): void {
  for (let next = firstDue(world, until); next !== null; next = firstDue(world, until)) {
    setClock(world, Math.max(next.at, world.now()));
    next.run();
  }
  setClock(world, Math.max(until, world.now()));
}

const setClock = (world: World, at: number): void => void world.store.put('setting', { id: 'clock', value: at - realNow() });

function firstDue(world: World, until: number): Due | null {
  const [first] = [...renewals(world), ...laterTries(world), ...expiries(world), ...lapses(world)]
    .filter(({ at }) => at <= until)
    .sort((a, b) => a.at - b.at);
  return first ?? null;
}

const renewals = (world: World): Due[] =>
  world.store
    .list('subscription')
    .filter(isLive)
    .map((subscription) => ({
      at: periodEndOf(subscription),
      run: () => renewSubscription(world, subscription.id),
    }));

const laterTries = (world: World): Due[] =>
  world.store.list('invoice').flatMap(({ id, status, next_payment_attempt: at }) =>
    status !== 'open' || at === null
      ? []
      : [
          {
            at,
            run: () => {
              changeInvoice(world, id, { next_payment_attempt: null });
              chargeLater(world, id);
            },
          },
        ],
  );

const expiries = (world: World): Due[] =>
  world.store
    .list('session')
    .filter(({ status }) => status === 'open')
    .map(({ id, expires_at: at }) => ({
      at,
      run: () => world.emit('checkout.session.expired', changeSession(world, id, { status: 'expired', url: null })),
    }));

/** Changes that expire because their payment was never made. */
const lapses = (world: World): Due[] =>
  world.store.list('subscription').flatMap((subscription) =>
    subscription.pending_update === null
      ? []
      : [
          {
            at: subscription.pending_update.expires_at,
            run: () => {
              const lapsed = changeSubscription(world, subscription.id, { pending_update: null });
              world.emit('customer.subscription.pending_update_expired', lapsed);
              const invoice = idOf(subscription.latest_invoice);
              if (invoice !== null) voidInvoice(world, invoice);
            },
          },
        ],
  );
