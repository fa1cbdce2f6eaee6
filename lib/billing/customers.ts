// Customers at Stripe: one a workspace. Promises that asking twice for a new one makes one, by an idempotency key.
import { createHash } from 'node:crypto';
import { stripeClient } from './stripe-client';
import { askingStripe, isMissing } from './stripe-problem';

export interface NewCustomer {
  workspaceId: string;
  name: string;
  email: string;
}

/** Id of the new customer. */
export function createCustomer({ workspaceId, name, email }: NewCustomer): Promise<string> {
  return askingStripe(async () => {
    const customer = await stripeClient().customers.create(
      { name, email, metadata: { workspace_id: workspaceId } },
      // Also the details: a key that comes again with others would be refused. Hashed, as a header has no room for every letter.
      { idempotencyKey: `customer:${workspaceId}:${hashOf(`${email}\n${name}`)}` },
    );
    return customer.id;
  });
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Ends all that would charge a customer again; for workspaces that are deleted. */
export async function closeCustomer(customerId: string): Promise<void> {
  await askingStripe(async () => {
    const { subscriptions } = stripeClient();
    for await (const subscription of subscriptions.list({ customer: customerId, status: 'all' })) {
      const isOver = subscription.status === 'canceled' || subscription.status === 'incomplete_expired';
      if (!isOver) await subscriptions.cancel(subscription.id).catch(ignoreMissing);
    }
  });
}

function ignoreMissing(error: unknown): void {
  if (!isMissing(error)) throw error;
}

/** Makes a card the one for later charges, where the customer has chosen none yet. */
export function keepCardForLater(customerId: string, paymentMethodId: string): Promise<void> {
  return askingStripe(async () => {
    const { customers } = stripeClient();
    const customer = await customers.retrieve(customerId);
    if (customer.deleted || customer.invoice_settings.default_payment_method !== null) return;
    await customers.update(customerId, { invoice_settings: { default_payment_method: paymentMethodId } });
  });
}
