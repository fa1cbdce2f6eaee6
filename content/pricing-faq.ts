import type { Question } from '@/components/marketing/faq';
import type { Page } from './page';
import { AUTO_TOP_UPS_A_DAY, PAST_DUE_GRACE_DAYS } from '@/lib/platform/limits';
import { PLANS } from '@/lib/accounts/rules/plans';
import { YEARLY_DISCOUNT_PERCENT } from '@/lib/billing/rules/offers';

export const PRICING: Page = {
  path: '/pricing',
  title: 'Pricing',
  description:
    'One credit is one charged answer. Unknown answers cost nothing. Monthly and yearly plans, and packs that never expire.',
  updated: '2026-11-29',
};

export const PRICING_FAQ: readonly Question[] = [
  {
    question: 'What is a credit?',
    answer:
      'One charged answer about one address. An answer is charged when it tells you something that only a check could find out: the mailbox exists, does not exist, is full, or is one to think twice about. The table above lists every answer there is, and which of them are free.',
  },
  {
    question: 'Do I pay for “unknown”?',
    answer:
      'No. When a server puts us off, refuses us or does not answer, we could not tell, and it costs nothing. The same goes for addresses that are malformed, for domains that do not exist or take no mail, and for domains that accept every name.',
  },
  {
    question: 'Do credits expire?',
    answer:
      'Credits of a plan are for its month and end with it. Credits that you buy as a pack never expire. What ends soonest is spent first, so a pack lasts as long as it can.',
  },
  {
    question: 'What happens when I run out of credits in the middle of a list?',
    answer:
      'A list that may run until the credits are used up pauses, keeps every answer it has, and resumes automatically after the next purchase. A list that must run in full sets the most it can cost aside before it starts, and gives back what was not needed.',
  },
  {
    question: 'Can I have credits bought automatically?',
    answer: `Yes. On the billing page you choose a mark and a pack: when your credits fall below the mark, the pack is bought with your card, at most as often a month as you allow and never more than ${AUTO_TOP_UPS_A_DAY} times a day. It is off until you switch it on, and a refused card switches it off.`,
  },
  {
    question: 'Can I change or cancel a plan?',
    answer:
      'At any time, on the billing page. A larger plan begins at once and the unused time of the old one is credited; you see the exact amount before you agree. A smaller plan, or none, begins when the period that you paid for is over.',
  },
  {
    question: 'How does paying yearly work?',
    answer: `You pay twelve months in advance and ${YEARLY_DISCOUNT_PERCENT} % less. The credits come month by month, as with a monthly plan.`,
  },
  {
    question: 'What if a payment fails?',
    answer: `Your plan stays as it is for ${PAST_DUE_GRACE_DAYS} days, and you are told by mail and on every page. If nothing is paid by then, the workspace is back on the Free plan with its ${PLANS.free.creditsAMonth} credits a month, you owe nothing, and credits from packs stay.`,
  },
  {
    question: 'How can I pay, and do I get an invoice?',
    answer:
      'By card, on Stripe’s payment page; the card’s number never reaches us. Each payment has an invoice to download. Your company’s address and tax number can be given on the payment page. Prices are in US dollars and without tax.',
  },
];
