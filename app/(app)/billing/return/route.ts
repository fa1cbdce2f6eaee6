import { redirect } from 'next/navigation';
import { requireSession } from '@/lib/auth/session';
import { AppError } from '@/lib/errors';
import { checkoutSessionId } from '@/lib/schemas/billing';
import { finishPurchase } from '@/lib/services/billing/finish-purchase';
import { syncBilling } from '@/lib/services/billing/sync-billing';

/**
 * Where Stripe sends people back to, from Checkout with a session and from the portal without one. What was bought is given before any
 * page is drawn, so that every part of the page knows of it.
 */
export async function GET(request: Request): Promise<Response> {
  const { scope } = await requireSession();
  const sessionId = checkoutSessionId(new URL(request.url).searchParams.get('session_id'));
  if (sessionId === null) {
    await syncBilling(scope).catch(goOnWithoutStripe);
    redirect('/billing');
  }
  await finishPurchase(scope, sessionId).catch(goOnWithoutStripe);
  redirect(`/billing/purchase?session_id=${sessionId}`);
}

/** Stripe away is no reason to be stuck here: the page asks again, and the webhook brings the same news. */
function goOnWithoutStripe(error: unknown): void {
  if (!(error instanceof AppError)) throw error;
}
