// In whatever order and number the events of a journey arrive, between calls of the return page, the ledger ends the same.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { advanceClock } from '@/simulators/stripe/acts/advance-clock';
import { endSubscription } from '@/simulators/stripe/acts/end-subscription';
import { closeDispute, openDispute } from '@/simulators/stripe/acts/dispute-charge';
import { refundCharge } from '@/simulators/stripe/acts/refund-charge';
import { isLive } from '@/simulators/stripe/acts/renew-subscription';
import { HANDLED_EVENTS } from './handle-event';
import {
  deliverAgain,
  eventsOf,
  eventsSince,
  goToCheckout,
  makeBuyer,
  PACK,
  standingOf,
  STARTER,
  type Buyer,
  type ToldEvent,
} from '@/tests/billing/buyer';
import { CARDS, payAt, sessionIn } from '@/tests/billing/pages';
import { useStandIn } from '@/tests/billing/use-stand-in';
import { mustBeOk } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';
import type { Offer } from './rules/offers';
import { upgrade } from './stripe/subscriptions';
import { findPlanChange } from './plans';
import { finishPurchase } from './purchases';

useTestDatabase();
useTestOutbox();
const standIn = useStandIn();

const RUNS = 8;
const TIMEOUT_MS = 240_000;

interface Journey {
  buyer: Buyer;
  sessionId: string;
  /** The events that we handle. */
  events: ToldEvent[];
}

/** `after`: what happens at Stripe after the purchase. */
async function travel({ offer, card }: { offer: Offer; card: string }, after: After): Promise<Journey> {
  const buyer = await makeBuyer();
  const mark = eventsOf(standIn()).length;
  const url = await goToCheckout(buyer, offer);
  await payAt(url, card);
  const journey = { buyer, sessionId: sessionIn(url) };
  await after(journey);
  const { world } = standIn();
  for (const subscription of world.store.list('subscription').filter(isLive)) endSubscription(world, subscription.id);
  return { ...journey, events: eventsSince(standIn(), mark).filter(({ type }) => HANDLED_EVENTS.includes(type)) };
}

/** The place of the return page among the events. */
const PAGE = -1;

interface Shuffle {
  /** Delivered once more: an event, or the return page. */
  extra: number[];
  /** What comes first: the lowest rank. */
  ranks: number[];
}

const shuffles = fc.record<Shuffle>({
  extra: fc.array(fc.nat(), { maxLength: 6 }),
  ranks: fc.array(fc.nat(), { minLength: 30, maxLength: 30 }),
});

/** Each event at least once. */
function orderOf(events: number, { extra, ranks }: Shuffle): number[] {
  const all = [...Array.from({ length: events }, (_, at) => at), ...extra.map((number) => (number % (events + 1)) + PAGE)];
  return all
    .map((event, at) => ({ event, rank: ranks[at] ?? 0 }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ event }) => event);
}

async function arrive({ buyer, sessionId, events }: Journey, order: readonly number[]): Promise<void> {
  for (const at of order) {
    const event = events[at];
    if (event === undefined) await finishPurchase(buyer.scope, sessionId);
    else await deliverAgain(event);
  }
}

const chargeOf = (sessionId: string): string => {
  const { store } = standIn().world;
  const intent = store.get('session', sessionId).payment_intent;
  const charge = typeof intent === 'string' ? store.get('paymentIntent', intent).latest_charge : null;
  if (typeof charge !== 'string') throw new Error('a session without a charge');
  return charge;
};

function toPeriodEnd({ sessionId }: { sessionId: string }): void {
  const { world } = standIn();
  const id = world.store.get('session', sessionId).subscription;
  const item = typeof id === 'string' ? world.store.get('subscription', id).items.data[0] : undefined;
  advanceClock(world, (item?.current_period_end ?? 0) + 60);
}

async function upgradeHalfway({ buyer }: { buyer: Buyer }): Promise<void> {
  const { world } = standIn();
  advanceClock(world, world.now() + 15 * 86_400);
  const to = { plan: 'professional', interval: 'month' } as const;
  const change = mustBeOk(await findPlanChange(buyer.scope, { userId: buyer.userId, to }));
  if (change.kind !== 'upgrade') throw new Error('no upgrade');
  await upgrade(change.target, new Date(world.now() * 1_000));
}

type After = (journey: { buyer: Buyer; sessionId: string }) => Promise<void> | void;

/** The required end, whatever happened on the way: the ledger, or the number of credits. */
type End = string[] | ((journey: Journey) => number);

const refund: After = ({ sessionId }) => void refundCharge(standIn().world, chargeOf(sessionId), null);

const dispute: After = ({ sessionId }) => void openDispute(standIn().world, chargeOf(sessionId));

const winDispute: After = ({ sessionId }) => {
  const { world } = standIn();
  closeDispute(world, openDispute(world, chargeOf(sessionId)).id, true);
};

/** A session of a plan does not name its payment; its charge is the newest. */
const refundPlan: After = () => void refundCharge(standIn().world, standIn().world.store.list('charge')[0]?.id ?? '', null);

/** The credits of the used part of the old month and of a whole new month. */
const usedAndNew = ({ sessionId }: Journey): number => {
  const { store } = standIn().world;
  const { subscription } = store.get('session', sessionId);
  const lines = store.list('invoice').flatMap((invoice) => invoice.lines.data);
  const [next, old] = lines.filter((line) => line.subscription === subscription && line.amount >= 0).map(({ period }) => period);
  if (!next || !old) throw new Error('an upgrade without its two periods');
  return 50_000 + Math.floor((5_000 * (next.start - old.start)) / (old.end - old.start));
};

const JOURNEYS: [what: string, buy: { offer: Offer; card: string }, after: After, end: End][] = [
  ['a pack', { offer: PACK, card: CARDS.good }, () => undefined, ['grant 10000']],
  ['a pack, paid back', { offer: PACK, card: CARDS.good }, refund, ['expire -10000', 'grant 10000']],
  ['a pack, charged back', { offer: PACK, card: CARDS.good }, dispute, ['expire -10000', 'grant 10000']],
  ['a pack, charged back and won', { offer: PACK, card: CARDS.good }, winDispute, ['grant 10000']],
  ['a plan, paid back', { offer: STARTER, card: CARDS.good }, refundPlan, ['expire -5000', 'grant 5000']],
  ['a plan, renewed', { offer: STARTER, card: CARDS.good }, toPeriodEnd, ['grant 5000', 'grant 5000']],
  ['a plan that can’t be renewed', { offer: STARTER, card: CARDS.failsLater }, toPeriodEnd, ['grant 5000']],
  ['a plan, upgraded', { offer: STARTER, card: CARDS.good }, upgradeHalfway, usedAndNew],
];

test.each(JOURNEYS)(
  'events in any order and number: %s',
  async (_what, { offer, card }, after, end) => {
    await fc.assert(
      fc.asyncProperty(shuffles, async (shuffle) => {
        const journey = await travel({ offer, card }, after);
        await arrive(journey, orderOf(journey.events.length, shuffle));
        const standing = await standingOf(journey.buyer);
        expect(standing.plan).toBe('free');
        if (typeof end === 'function') expect(standing.credits).toBe(end(journey));
        else expect(standing.ledger).toEqual(end);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  },
  TIMEOUT_MS,
);
