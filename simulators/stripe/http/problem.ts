// Refusals in Stripe's format; the SDK builds its error classes from them.
import type { Kind } from '../tables';

export interface StripeError {
  type: 'invalid_request_error' | 'card_error' | 'idempotency_error' | 'api_error';
  message: string;
  code?: string;
  param?: string;
  decline_code?: string;
  payment_intent?: unknown;
  charge?: string;
  doc_url?: string;
}

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly body: StripeError,
  ) {
    super(body.message);
  }
}

export const invalid = (message: string, more: Partial<StripeError> = {}): Problem =>
  new Problem(400, { type: 'invalid_request_error', message, ...more });

const NAMES: Partial<Record<Kind, string>> = {
  session: 'checkout.session',
  schedule: 'subscription_schedule',
  paymentMethod: 'payment_method',
  paymentIntent: 'payment_intent',
  invoiceItem: 'invoiceitem',
  promotionCode: 'promotion_code',
  portalConfiguration: 'billing_portal.configuration',
};

export const missing = (kind: Kind, id: string, param: string): Problem =>
  new Problem(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${NAMES[kind] ?? kind}: '${id}'`,
    param,
  });
