import { redirect } from 'next/navigation';
import { comeBackLater } from '@/lib/platform/http/problem';
import { requireSession } from '@/lib/accounts/web/session';
import { AppError } from '@/lib/platform/errors';
import { checkoutSessionId } from '@/lib/billing/forms';
import { waitingListIds } from '@/lib/lists/requests';
import { finishPurchase } from '@/lib/billing/purchases';
import { syncBilling } from '@/lib/billing/customers';

/**
 * Where Stripe sends people back to: from Checkout with a session, from the portal without one. The purchase is granted before any page is
 * rendered, so that every part of the page knows about it.
 */
export async function GET(request: Request): Promise<Response> {
  const { pathname, search, searchParams } = new URL(request.url);
  const lists = waitingListIds(searchParams.get('lists'));
  return comeBackLater(`${pathname}${search}`, () => goOn(checkoutSessionId(searchParams.get('session_id')), lists));
}

async function goOn(sessionId: string | null, lists: readonly string[]): Promise<never> {
  const { scope } = await requireSession();
  if (sessionId === null) {
    await syncBilling(scope).catch(goOnWithoutStripe);
    redirect('/billing');
  }
  await finishPurchase(scope, sessionId).catch(goOnWithoutStripe);
  redirect(`/billing/purchase?session_id=${sessionId}${lists.length === 0 ? '' : `&lists=${lists.join('.')}`}`);
}

/** If Stripe is down, nobody gets stuck here: the page asks again, and the webhook brings the same news. */
function goOnWithoutStripe(error: unknown): void {
  if (!(error instanceof AppError)) throw error;
}
