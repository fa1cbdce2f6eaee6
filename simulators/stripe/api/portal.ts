import type Stripe from 'stripe';
import { z } from 'zod';
import { livingCustomer } from '../acts/change';
import { invalid } from '../http/problem';
import { expand, flag, metadata, paging, params, text } from '../http/params';
import { listPage } from '../http/list-page';
import { route, type Route } from '../http/route';
import { makeConfiguration, makePortalSession, toFeatures } from '../objects/make-portal';

const enabled = z.strictObject({ enabled: flag });
const features = params<Stripe.BillingPortal.ConfigurationCreateParams.Features>()({
  customer_update: z
    .strictObject({
      enabled: flag,
      allowed_updates: z.array(z.enum(['address', 'email', 'name', 'phone', 'shipping', 'tax_id'])).optional(),
    })
    .optional(),
  invoice_history: enabled.optional(),
  payment_method_update: enabled.optional(),
  subscription_cancel: enabled.optional(),
  subscription_update: enabled.optional(),
});
const create = params<Stripe.BillingPortal.ConfigurationCreateParams>()({ features, metadata: metadata.optional(), expand });
const update = params<Stripe.BillingPortal.ConfigurationUpdateParams>()({ features, metadata: metadata.optional(), expand });
const list = params<Stripe.BillingPortal.ConfigurationListParams>()({
  ...paging,
  active: flag.optional(),
  is_default: flag.optional(),
});
const createSession = params<Stripe.BillingPortal.SessionCreateParams>()({
  customer: text,
  configuration: text.optional(),
  return_url: text.optional(),
  expand,
});

const featuresOf = (given: z.infer<typeof features>) => ({
  customerUpdates: given.customer_update?.enabled === true ? (given.customer_update.allowed_updates ?? []) : null,
  showsInvoices: given.invoice_history?.enabled ?? false,
  changesCard: given.payment_method_update?.enabled ?? false,
  cancels: given.subscription_cancel?.enabled ?? false,
  changesPlan: given.subscription_update?.enabled ?? false,
});

export const PORTAL: readonly Route[] = [
  route('POST /v1/billing_portal/configurations', create, (world, { params: given }) => {
    const isDefault = world.store.list('portalConfiguration').length === 0;
    const made = makeConfiguration(
      { features: featuresOf(given.features), metadata: given.metadata ?? {}, isDefault },
      world.now(),
    );
    world.emit('billing_portal.configuration.created', made);
    return world.store.put('portalConfiguration', made);
  }),
  route('GET /v1/billing_portal/configurations', list, (world, { params: { active, is_default: isDefault, ...page } }) => {
    const found = world.store
      .list('portalConfiguration')
      .filter((configuration) => active === undefined || configuration.active === active)
      .filter((configuration) => isDefault === undefined || configuration.is_default === isDefault);
    return listPage('/v1/billing_portal/configurations', found, page);
  }),
  route('POST /v1/billing_portal/configurations/:id', update, (world, { id, params: given }) => {
    const old = world.store.get('portalConfiguration', id);
    const metadataNow = { ...old.metadata, ...given.metadata };
    const changed = { ...old, features: toFeatures(featuresOf(given.features)), metadata: metadataNow, updated: world.now() };
    world.emit('billing_portal.configuration.updated', changed);
    return world.store.put('portalConfiguration', changed);
  }),
  route('POST /v1/billing_portal/sessions', createSession, (world, { params: given }) => {
    const configuration = given.configuration ?? world.store.list('portalConfiguration').find((one) => one.is_default)?.id;
    if (configuration === undefined) {
      throw invalid('No configuration provided and your test mode default configuration has not been created.');
    }
    const session = makePortalSession(
      {
        customer: livingCustomer(world, given.customer).id,
        configuration: world.store.get('portalConfiguration', configuration, 'configuration').id,
        returnUrl: given.return_url ?? null,
        baseUrl: world.baseUrl,
      },
      world.now(),
    );
    world.emit('billing_portal.session.created', session);
    return world.store.put('portalSession', session);
  }),
];
