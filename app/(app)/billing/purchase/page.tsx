import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { PurchaseOutcome } from '@/components/billing/purchase-outcome';
import { searchParam, type SearchParams } from '@/lib/platform/http/body';
import { requireSession } from '@/lib/accounts/web/session';
import { checkoutSessionId } from '@/lib/billing/forms';
import { waitingListIds } from '@/lib/lists/requests';
import { finishPurchase } from '@/lib/billing/purchases';
import { getBalance } from '@/lib/credits/balance';
import { describeWaitingLists } from '@/lib/lists/pause';

export const metadata: Metadata = { title: 'Your purchase' };

/** The state of a purchase. Each load of the page reads it again, so a purchase that took longer is granted here too. */
export default async function PurchasePage({ searchParams }: { searchParams: SearchParams }) {
  const { scope } = await requireSession();
  const sessionId = checkoutSessionId(await searchParam(searchParams, 'session_id'));
  if (sessionId === null) redirect('/billing');
  const purchase = await finishPurchase(scope, sessionId);
  const ids = waitingListIds(await searchParam(searchParams, 'lists'));
  const [balance, lists] = await Promise.all([getBalance(scope), describeWaitingLists(scope, ids)]);
  return <PurchaseOutcome purchase={purchase} balance={balance} lists={lists} />;
}
