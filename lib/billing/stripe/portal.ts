// Stripe's customer portal: payment methods, billing details, invoices.
import { askingStripe, stripeClient } from './client';
import { findPortalConfiguration } from './sync';

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
