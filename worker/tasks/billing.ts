// The queue's tasks of billing: Stripe's events, automatic purchases, upkeep, and the customers of deleted workspaces. Each may run twice,
// and the second run changes nothing.
import { closeCustomerLater } from '@/lib/billing/customers';
import { processStripeEvent } from '@/lib/billing/stripe-events';
import { closeCustomer } from '@/lib/billing/stripe/checkout';
import { checkAutoTopUp } from '@/lib/billing/top-ups';
import { runBillingUpkeep } from '@/lib/billing/upkeep';
import type { Log } from '@/lib/platform/log';
import type { TaskDefinition } from '../task';

export const handleStripeEvent: TaskDefinition<'handle-stripe-event'> = {
  name: 'handle-stripe-event',
  run: ({ eventId }) => processStripeEvent(eventId),
};

export const createAutoTopUp = (log: Log): TaskDefinition<'auto-top-up'> => ({
  name: 'auto-top-up',
  run: async ({ workspaceId }) => log.info({ workspace: workspaceId, outcome: await checkAutoTopUp({ workspaceId }) }, 'top-up'),
});

export const createBillingUpkeep = (log: Log): TaskDefinition<'billing-upkeep'> => ({
  name: 'billing-upkeep',
  run: async () => log.info(await runBillingUpkeep(new Date()), 'billing looked after'),
});

export const closeCustomerTask: TaskDefinition<'close-customer'> = {
  name: 'close-customer',
  run: ({ customerId }) => closeCustomer(customerId),
  giveUp: ({ customerId }) => closeCustomerLater(customerId, new Date()),
};
