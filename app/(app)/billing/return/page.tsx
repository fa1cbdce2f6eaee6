import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { PurchaseOutcome } from '@/components/billing/purchase-outcome';
import { searchParam, type SearchParams } from '@/lib/auth/search-param';
import { requireSession } from '@/lib/auth/session';
import { checkoutSessionId } from '@/lib/schemas/billing';
import { finishPurchase } from '@/lib/services/billing/finish-purchase';
import { getBalance } from '@/lib/services/ledger/get-balance';
import { syncBilling } from '@/lib/services/billing/sync-billing';

export const metadata: Metadata = { title: 'Your purchase' };

/** Where Stripe sends people back to, from Checkout with a session and from the portal without one. */
export default async function ReturnPage({ searchParams }: { searchParams: SearchParams }) {
  const { scope } = await requireSession();
  const sessionId = checkoutSessionId(await searchParam(searchParams, 'session_id'));
  if (sessionId === null) {
    await syncBilling(scope);
    redirect('/billing');
  }
  const purchase = await finishPurchase(scope, sessionId);
  const { available } = await getBalance(scope);
  return <PurchaseOutcome purchase={purchase} available={available} />;
}
