// What the forms and URLs of the billing pages send. Refuses offers, numbers and ids that can't be ours or Stripe's.
import { z } from 'zod';
import { AUTO_TOP_UP_BELOW_MAX, AUTO_TOP_UPS_A_MONTH_MAX } from '@/lib/platform/limits';
import { PAID_PLANS } from '@/lib/accounts/rules/plans';
import { INTERVALS, offerOf, PACK_IDS } from './rules/offers';
import { formatCount } from '@/lib/platform/numbers';

export const checkoutSchema = z.object({
  /** A lookup key of the table of plans and packs. */
  offer: z.string().transform((key, context) => {
    const offer = offerOf(key);
    if (offer !== null) return offer;
    context.addIssue({ code: 'custom', message: 'This can’t be bought.' });
    return z.NEVER;
  }),
});

export const changePlanSchema = z.object({
  plan: z.enum(PAID_PLANS),
  interval: z.enum(INTERVALS),
  /** The time for which the amount was shown. */
  at: z.iso.datetime().transform((iso) => new Date(iso)),
});

const wholeNumber = (max: number) =>
  z.coerce
    .number('Enter a number.')
    .int('Enter a whole number.')
    .min(1, 'At least 1.')
    .max(max, `At most ${formatCount(max)}.`);

/** Null: switched off. */
export const autoTopUpSchema = z.discriminatedUnion('wish', [
  z.object({ wish: z.literal('off') }).transform(() => null),
  z
    .object({
      wish: z.literal('on'),
      below: wholeNumber(AUTO_TOP_UP_BELOW_MAX),
      pack: z.enum(PACK_IDS, 'Choose a pack.'),
      maxAMonth: wholeNumber(AUTO_TOP_UPS_A_MONTH_MAX),
    })
    .transform(({ below, pack, maxAMonth }) => ({ below, pack, maxAMonth })),
]);

/** The id of an invoice at Stripe. */
const INVOICE_ID = /^in_[A-Za-z0-9_]{1,60}$/;
export const invoiceCursor = (word: string | null): string | null => (word !== null && INVOICE_ID.test(word) ? word : null);

/** The id of a Checkout session at Stripe. */
const SESSION_ID = /^cs_[A-Za-z0-9_]{1,120}$/;
export const checkoutSessionId = (word: string | null): string | null => (word !== null && SESSION_ID.test(word) ? word : null);
