// Purchases in Stripe's Checkout: opened, fulfilled, shown on their return page, and found again from a charge. The webhook and
// the return page may fulfill a session any number of times, in any order and concurrently, because the session's id is the key
// of the grant. Only a complete session that is not unpaid brings something, and what was bought is read from the paid price.
// Refuses people who are not owners, a second plan while one is running, and any question about another workspace's session.
import { requireOpen } from '@/lib/accounts/deletion';
import { requireOwner } from '@/lib/accounts/workspaces';
import { notifyOwners } from './notices';
import { grantCredits } from '@/lib/credits/grants';
import { type Offer, offerName, PACKS } from './rules/offers';
import { inTransaction } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { siteLink } from '@/lib/platform/mail/compose';
import type { Scope } from '@/lib/platform/scope';
import { applyPaidInvoice } from './invoices';
import { monthKeysOf } from './months';
import { ensureCustomer, isLiveStatus, syncBilling } from './customers';
import type { PurchaseView } from './rules/billing';
import { findBillingAccount, findScopeOfCustomer, findTopUp } from './store/accounts';
import type { PlanPeriod } from './store/periods';
import type { ChargeFacts } from './stripe/charges';
import {
  type Checkout,
  findCheckoutCard,
  findCheckoutOfPayment,
  keepCardForLater,
  openCheckout,
  readCheckout,
} from './stripe/checkout';
import { readInvoice } from './stripe/invoices';
import { topUpSourceKey } from './top-ups';

export interface WishedPurchase {
  userId: string;
  offer: Offer;
  /** Ids of lists that wait for credits; the return page shows their state. */
  waitingLists?: readonly string[];
}

export interface Fulfilment {
  scope: Scope;
  /** `unpaid`: the payment is under way, and the webhook will tell how it ends. `declined`: it ended without money. */
  state: 'open' | 'expired' | 'unpaid' | 'declined' | 'fulfilled';
  offer: Offer | null;
}

export interface PaidPurchase {
  scope: Scope;
  /** In words. */
  what: string;
  grantKeys: string[];
  /** The paid period, if it is a plan. */
  period: PlanPeriod | null;
}

const VIEW_STATES = {
  fulfilled: 'fulfilled',
  unpaid: 'pending',
  declined: 'declined',
  open: 'open',
  expired: 'expired',
} as const satisfies Record<Fulfilment['state'], PurchaseView['state']>;

/**
 * Returns the page to send the customer to. A running plan is looked up at Stripe itself, because we may not know yet about a
 * purchase made a moment ago.
 */
export async function startCheckout(scope: Scope, { userId, offer, waitingLists = [] }: WishedPurchase): Promise<Result<string>> {
  const allowed = await requireOwner(scope, userId);
  if (!allowed.ok) return allowed;
  const open = await requireOpen(scope);
  if (!open.ok) return open;
  const customerId = await ensureCustomer(scope, userId);
  if (offer.kind === 'plan') {
    await syncBilling(scope);
    const account = await findBillingAccount(scope);
    if (isLiveStatus(account?.status))
      return fail('conflict', { detail: 'A plan is already active. Change it on the billing page.' });
  }
  const url = await openCheckout({
    workspaceId: scope.workspaceId,
    customerId,
    offer,
    // Stripe replaces the braces with the session's id; they must not be escaped.
    successUrl: `${siteLink('/billing/return')}?session_id={CHECKOUT_SESSION_ID}${waitingLists.length === 0 ? '' : `&lists=${waitingLists.join('.')}`}`,
    cancelUrl: siteLink('/billing'),
  });
  return ok(url);
}

/**
 * Grants what was bought: a pack's credits, or the plan that begins. Null if there is no such session or it is not ours; with
 * `only`, also if it belongs to another workspace.
 */
export async function fulfilCheckout(sessionId: string, only: Scope | null = null): Promise<Fulfilment | null> {
  const checkout = await readCheckout(sessionId);
  const scope = checkout?.customerId ? await findScopeOfCustomer(checkout.customerId) : null;
  if (checkout === null || scope?.workspaceId !== checkout.workspaceId) return null;
  if (only !== null && only.workspaceId !== scope.workspaceId) return null;
  const { offer } = checkout;
  if (checkout.state !== 'complete') return { scope, state: checkout.state, offer };
  if (!checkout.isPaid) return { scope, state: checkout.hasFailed ? 'declined' : 'unpaid', offer };
  await give(scope, checkout);
  return { scope, state: 'fulfilled', offer };
}

/**
 * For the return page: grants what was bought if that has not happened yet, and returns its state. Null if the workspace has no
 * such session.
 */
export async function finishPurchase(scope: Scope, sessionId: string): Promise<PurchaseView | null> {
  const done = await fulfilCheckout(sessionId, scope);
  return done && { state: VIEW_STATES[done.state], what: done.offer && offerName(done.offer) };
}

/**
 * What a charge paid for: for which workspace, and which grants it brought. A purchase that is not known yet is fulfilled first,
 * so that no later event grants it again. Null if the charge paid for nothing of ours.
 */
export async function findPaymentPurchase(charge: ChargeFacts): Promise<PaidPurchase | null> {
  const checkout = charge.paymentIntentId === null ? null : await findCheckoutOfPayment(charge.paymentIntentId);
  if (checkout?.customerId) {
    const scope = await findScopeOfCustomer(checkout.customerId);
    await fulfilCheckout(checkout.id);
    const what = checkout.offer === null ? 'a purchase' : offerName(checkout.offer);
    return scope && { scope, what, grantKeys: [checkoutSourceKey(checkout.id)], period: null };
  }
  for (const invoiceId of charge.invoiceIds) {
    const purchase = await findInvoicePurchase(invoiceId);
    if (purchase !== null) return purchase;
  }
  return null;
}

export const checkoutSourceKey = (sessionId: string): string => `stripe:checkout:${sessionId}`;

async function give(scope: Scope, checkout: Checkout): Promise<void> {
  const { id, offer, invoiceId, customerId } = checkout;
  if (offer?.kind === 'pack') {
    await givePack(scope, checkout, PACKS[offer.pack].credits);
    const card = await findCheckoutCard(id);
    if (customerId !== null && card !== null) await keepCardForLater(customerId, card);
  } else if (invoiceId !== null) {
    await applyPaidInvoice(invoiceId);
  }
  await syncBilling(scope);
}

/** The mail is queued in the same transaction as the credits, so nobody is told of credits that are not there. */
function givePack(scope: Scope, { id, amountCents, currency, invoiceUrl }: Checkout, credits: number): Promise<void> {
  const grant = { kind: 'purchase', amount: credits, sourceKey: checkoutSourceKey(id), expiresAt: null };
  return inTransaction(async (tx) => {
    if (!(await grantCredits(scope, grant, tx))) return;
    const content = { kind: 'pack_bought', credits, amountCents, currency, invoiceUrl } as const;
    await notifyOwners(scope, { cause: `purchase:${id}`, content }, tx);
  });
}

async function findInvoicePurchase(invoiceId: string): Promise<PaidPurchase | null> {
  const invoice = await readInvoice(invoiceId);
  const scope = invoice?.customerId ? await findScopeOfCustomer(invoice.customerId) : null;
  if (invoice === null || scope === null) return null;
  const topUp = invoice.autoTopUpId === null ? null : await findTopUp(scope, invoice.autoTopUpId);
  if (topUp === null && invoice.period === null) return null;
  await applyPaidInvoice(invoiceId);
  if (topUp !== null) {
    const what = offerName({ kind: 'pack', pack: topUp.pack });
    return { scope, what, grantKeys: [topUpSourceKey(topUp.id)], period: null };
  }
  const { period } = invoice;
  return period && { scope, what: offerName({ kind: 'plan', ...period }), grantKeys: monthKeysOf(period), period };
}
