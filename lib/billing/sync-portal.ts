// The settings of Stripe's customer portal: payment methods, billing details and invoices. Plans are changed on our own billing
// page, which tells what a change does to credits before it is made. Found again by its metadata.
import type Stripe from 'stripe';
import { stripeClient } from './stripe-client';

const OWNER = { app: 'email-verifier' } as const;
const MAX_CONFIGURATIONS = 100;

const FEATURES: Stripe.BillingPortal.ConfigurationCreateParams.Features = {
  customer_update: { enabled: true, allowed_updates: ['address', 'name', 'tax_id'] },
  invoice_history: { enabled: true },
  payment_method_update: { enabled: true },
  subscription_cancel: { enabled: false },
  subscription_update: { enabled: false },
};

export async function findPortalConfiguration(): Promise<Stripe.BillingPortal.Configuration | null> {
  const { data } = await stripeClient().billingPortal.configurations.list({ active: true, limit: MAX_CONFIGURATIONS });
  return data.find((configuration) => configuration.metadata?.app === OWNER.app) ?? null;
}

export async function syncPortal(): Promise<'created' | 'changed' | 'unchanged'> {
  const { configurations } = stripeClient().billingPortal;
  const found = await findPortalConfiguration();
  if (found === null) {
    await configurations.create({ features: FEATURES, metadata: OWNER });
    return 'created';
  }
  const { customer_update, invoice_history, payment_method_update, subscription_cancel, subscription_update } = found.features;
  const allowed = [...customer_update.allowed_updates].sort().join();
  const isSame =
    customer_update.enabled &&
    allowed === 'address,name,tax_id' &&
    invoice_history.enabled &&
    payment_method_update.enabled &&
    !subscription_cancel.enabled &&
    !subscription_update.enabled;
  if (isSame) return 'unchanged';
  await configurations.update(found.id, { features: FEATURES });
  return 'changed';
}
