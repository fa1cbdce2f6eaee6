// Stripe's customer portal: payment methods, billing details, invoices.
import { stripeClient } from './stripe-client';
import { askingStripe } from './stripe-problem';
import { findPortalConfiguration } from './sync-portal';

/** The page to send the customer to. */
export function openPortal(customerId: string, returnUrl: string): Promise<string> {
  return askingStripe(async () => {
    const configuration = await findPortalConfiguration();
    const session = await stripeClient().billingPortal.sessions.create({
      customer: customerId,
      return_url: returnUrl,
      ...(configuration && { configuration: configuration.id }),
    });
    return session.url;
  });
}
