// The part of Stripe's API that is implemented. Calls that are not in this table are refused, so that a call nobody has tried shows up.
import type { Route } from '../http/route';
import { CHECKOUT_SESSIONS } from './checkout-sessions';
import { COUPONS } from './coupons';
import { CUSTOMERS } from './customers';
import { DISPUTES } from './disputes';
import { EVENTS } from './events';
import { INVOICE_ITEMS } from './invoice-items';
import { INVOICE_PREVIEWS } from './invoice-previews';
import { INVOICES } from './invoices';
import { PAYMENTS } from './payments';
import { PORTAL } from './portal';
import { PRICES } from './prices';
import { PRODUCTS } from './products';
import { SCHEDULES } from './schedules';
import { SUBSCRIPTIONS } from './subscriptions';

export const ROUTES: readonly Route[] = [
  ...PRODUCTS,
  ...PRICES,
  ...COUPONS,
  ...CUSTOMERS,
  ...CHECKOUT_SESSIONS,
  ...SUBSCRIPTIONS,
  ...SCHEDULES,
  ...INVOICES,
  ...INVOICE_PREVIEWS,
  ...INVOICE_ITEMS,
  ...PAYMENTS,
  ...DISPUTES,
  ...PORTAL,
  ...EVENTS,
];
