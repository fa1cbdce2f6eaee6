// A workspace with an owner who buys, the credits it was given, and the events about it.
import { randomUUID } from 'node:crypto';
import type Stripe from 'stripe';
import { POST } from '@/app/api/stripe/webhook/route';
import { HANDLED_EVENTS } from '@/lib/billing/handle-event';
import { db } from '@/lib/platform/db/client';
import { findBillingAccount } from '@/lib/billing/store/accounts';
import { createOwnedWorkspace } from '@/lib/accounts/store/workspaces';
import type { Scope } from '@/lib/platform/scope';
import { inTransaction } from '@/lib/platform/db/transaction';
import { createUserRow } from '@/lib/accounts/store/users';
import type { Offer } from '@/lib/billing/rules/offers';
import { processStripeEvent } from '@/lib/billing/stripe-events';
import { startCheckout } from '@/lib/billing/purchases';
import { expectBooksToAgree, mustBeOk } from '../database/ledger-moves';
import { signEvent } from '../../simulators/stripe/deliver-events';
import type { StandIn } from '../../simulators/stripe/start-stand-in';
import { WEBHOOK_SECRET } from './use-stand-in';

export interface Buyer {
  scope: Scope;
  userId: string;
  email: string;
}

export const makeBuyer = (): Promise<Buyer> =>
  inTransaction(async (tx) => {
    const email = `buyer-${randomUUID()}@example.org`;
    const user = await createUserRow(
      { email, name: null, passwordHash: null, emailVerified: new Date(), termsAcceptedAt: new Date() },
      tx,
    );
    if (user === null) throw new Error('an address that was taken');
    const { workspaceId } = await createOwnedWorkspace(user.id, 'A shop', tx);
    return { scope: { workspaceId }, userId: user.id, email };
  });

/** Returns the address of the Checkout page. */
export const goToCheckout = async ({ scope, userId }: Buyer, offer: Offer): Promise<string> =>
  mustBeOk(await startCheckout(scope, { userId, offer }));

export const PACK: Offer = { kind: 'pack', pack: '10k' };
export const STARTER: Offer = { kind: 'plan', plan: 'starter', interval: 'month' };

/** What a workspace has been given and its current balance, for comparison. */
export async function standingOf({ scope }: Buyer) {
  await expectBooksToAgree(scope);
  const { workspaceId } = scope;
  const entries = await db().creditEntry.findMany({ where: { workspaceId }, select: { kind: true, amount: true } });
  const workspace = await db().workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { plan: true } });
  const account = await findBillingAccount(scope);
  return {
    ledger: entries.map(({ kind, amount }) => `${kind} ${amount}`).sort(),
    credits: entries.reduce((sum, { amount }) => sum + amount, 0),
    plan: workspace.plan,
    status: account?.status ?? null,
    next: account?.next ?? null,
    isPastDue: account?.pastDueSince !== null && account !== null,
    isToEnd: account?.cancelAt !== null && account !== null,
    card: account?.paymentMethodLabel ?? null,
  };
}

export type ToldEvent = Stripe.EventBase;

/** All events so far, oldest first. */
export const eventsOf = ({ world }: StandIn): Stripe.EventBase[] => world.store.list('event').reverse();

/** Events since a mark that `eventsOf(…).length` gave. */
export const eventsSince = (standIn: StandIn, mark: number): Stripe.EventBase[] => eventsOf(standIn).slice(mark);

export function sendEvent(body: string, signature: string): Promise<Response> {
  const headers = { 'stripe-signature': signature, 'content-type': 'application/json' };
  return POST(new Request('http://localhost/api/stripe/webhook', { method: 'POST', headers, body }));
}

/** Sends the events, signed, to the webhook's route, then does what the worker would. */
export async function deliver(events: readonly Stripe.EventBase[]): Promise<void> {
  for (const event of events) {
    const body = JSON.stringify(event);
    const response = await sendEvent(body, signEvent(body, WEBHOOK_SECRET));
    if (!response.ok) throw new Error(`the webhook answered ${response.status}`);
    if (HANDLED_EVENTS.includes(event.type)) await processStripeEvent(event.id);
  }
}

/** Handles the event as a second delivery would be if the first had not been marked as done. */
export async function deliverAgain(event: Stripe.EventBase): Promise<void> {
  await db().stripeEvent.updateMany({ where: { id: event.id }, data: { processedAt: null } });
  await deliver([event]);
}
