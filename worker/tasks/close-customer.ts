import { closeCustomer } from '@/lib/billing/customers';
import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import { closeCustomerLater } from '@/lib/services/billing/close-customer-later';
import type { TaskDefinition } from '../task';

export const closeCustomerTask: TaskDefinition<TaskPayload<'close-customer'>> = {
  name: 'close-customer',
  payload: TASK_PAYLOADS['close-customer'],
  run: ({ customerId }) => closeCustomer(customerId),
  giveUp: ({ customerId }) => closeCustomerLater(customerId, new Date()),
};
