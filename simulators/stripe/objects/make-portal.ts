// The customer portal's configurations and sessions in Stripe's format.
import type Stripe from 'stripe';
import { newStripeId } from '../ids';

export interface PortalFeatures {
  customerUpdates: Stripe.BillingPortal.Configuration.Features.CustomerUpdate.AllowedUpdate[] | null;
  showsInvoices: boolean;
  changesCard: boolean;
  cancels: boolean;
  changesPlan: boolean;
}

export function makeConfiguration(
  { features, metadata, isDefault }: { features: PortalFeatures; metadata: Stripe.Metadata; isDefault: boolean },
  now: number,
): Stripe.BillingPortal.Configuration {
  return {
    id: newStripeId('bpc'),
    object: 'billing_portal.configuration',
    active: true,
    application: null,
    business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
    created: now,
    default_return_url: null,
    features: toFeatures(features),
    is_default: isDefault,
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata,
    name: null,
    updated: now,
  };
}

export const toFeatures = (features: PortalFeatures): Stripe.BillingPortal.Configuration.Features => ({
  customer_update: { allowed_updates: features.customerUpdates ?? [], enabled: features.customerUpdates !== null },
  invoice_history: { enabled: features.showsInvoices },
  payment_method_update: { enabled: features.changesCard, payment_method_configuration: null },
  subscription_cancel: {
    cancellation_reason: { enabled: false, feedback_options: null, options: [] },
    enabled: features.cancels,
    mode: 'at_period_end',
    proration_behavior: 'none',
  },
  subscription_pause: { duration: { interval_options: [], type: 'indefinite' }, enabled: false },
  subscription_update: {
    billing_cycle_anchor: null,
    default_allowed_updates: features.changesPlan ? ['price'] : [],
    enabled: features.changesPlan,
    products: null,
    proration_behavior: 'none',
    schedule_at_period_end: { conditions: [] },
    trial_update_behavior: 'end_trial',
  },
});

export interface PortalSessionFields {
  customer: string;
  configuration: string;
  returnUrl: string | null;
  baseUrl: string;
}

export function makePortalSession(fields: PortalSessionFields, now: number): Stripe.BillingPortal.Session {
  const id = newStripeId('bps');
  return {
    id,
    object: 'billing_portal.session',
    configuration: fields.configuration,
    created: now,
    customer: fields.customer,
    customer_account: null,
    flow: null,
    livemode: false,
    locale: null,
    on_behalf_of: null,
    return_url: fields.returnUrl,
    url: `${fields.baseUrl}/p/session/${id}`,
  };
}
