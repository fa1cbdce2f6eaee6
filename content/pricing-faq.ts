import type { Question } from '@/components/marketing/faq';
import type { Page } from './page';
import { AUTO_TOP_UPS_A_DAY, PAST_DUE_GRACE_DAYS } from '@/lib/platform/limits';
import { PLANS } from '@/lib/accounts/rules/plans';
import { YEARLY_DISCOUNT_PERCENT } from '@/lib/billing/rules/offers';

export const PRICING: Page = {
  path: '/pricing',
  title: 'Pricing',
  description: 'One credit per answer, and unknown answers are free. Monthly and yearly plans, and packs that never expire.',
  updated: '2026-11-29',
};

export const PRICING_FAQ: readonly Question[] = [
  {
    question: 'What is a credit?',
    answer:
      'The price of one answer about one address. You pay when we find out something only a check could: the mailbox exists, doesn’t exist, is full, or is risky to mail. The table above lists every answer and its price.',
  },
  {
    question: 'Do I pay for “unknown”?',
    answer:
      'No. When a server puts us off, refuses us or doesn’t answer, you pay nothing. Malformed addresses, domains that don’t exist or take no mail, and domains that accept every name are free, too.',
  },
  {
    question: 'Do credits expire?',
    answer:
      'A plan’s credits are for one month and end with it. Credits from packs never expire. We spend what expires first, so packs last as long as possible.',
  },
  {
    question: 'What happens when I run out of credits in the middle of a list?',
    answer:
      'You choose when you start it. “Until the credits run out” pauses the list, keeps every answer, and resumes after your next purchase. “In full” sets the most it can cost aside first, and gives back what it didn’t need.',
  },
  {
    question: 'Can I have credits bought automatically?',
    answer: `Yes. On the billing page, choose a threshold and a pack. When your credits fall below it, we buy the pack with your card: as often a month as you allow, and never more than ${AUTO_TOP_UPS_A_DAY} times a day. It’s off until you switch it on, and a declined card switches it off.`,
  },
  {
    question: 'Can I change or cancel a plan?',
    answer:
      'Anytime, on the billing page. A larger plan starts at once, with credit for the unused time of the old one; you see the exact amount before you agree. A smaller plan, or a cancellation, starts when the period you paid for ends.',
  },
  {
    question: 'How does paying yearly work?',
    answer: `You pay twelve months in advance and ${YEARLY_DISCOUNT_PERCENT}% less. The credits come month by month, as with a monthly plan.`,
  },
  {
    question: 'What if a payment fails?',
    answer: `Your plan stays active for ${PAST_DUE_GRACE_DAYS} days, and we tell you by email and on every page. If it isn’t paid by then, the workspace goes back to the Free plan with ${PLANS.free.creditsAMonth} credits a month. You owe nothing and keep your packs.`,
  },
  {
    question: 'How can I pay, and do I get an invoice?',
    answer:
      'By card, on Stripe’s payment page; the card number never reaches us. Every payment comes with an invoice to download. You can enter your company’s address and tax ID on the payment page. Prices are in US dollars, before tax.',
  },
];
