import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { PurchaseOutcome } from '@/components/billing/purchase-outcome';
import { searchParam, type SearchParams } from '@/lib/auth/search-param';
import { requireSession } from '@/lib/auth/session';
import { checkoutSessionId } from '@/lib/schemas/billing';
import { finishPurchase } from '@/lib/services/billing/finish-purchase';
import { getBalance } from '@/lib/services/ledger/get-balance';

export const metadata: Metadata = { title: 'Your purchase' };

/** How a purchase stands: asked anew each time the page is read, so that one that took its time is given here too. */
export default async function PurchasePage({ searchParams }: { searchParams: SearchParams }) {
  const { scope } = await requireSession();
  const sessionId = checkoutSessionId(await searchParam(searchParams, 'session_id'));
  if (sessionId === null) redirect('/billing');
  const purchase = await finishPurchase(scope, sessionId);
  const { available } = await getBalance(scope);
  return <PurchaseOutcome purchase={purchase} available={available} />;
}
