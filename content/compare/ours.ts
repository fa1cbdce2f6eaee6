// Our side of every comparison, made from the tables that the product itself uses.
import { PLANS } from '@/lib/accounts/rules/plans';
import { FREE_CHECKS_A_DAY, FEEDBACK_REFUND_DAYS } from '@/lib/platform/limits';
import { REASONS, REASONS_BY_STATUS } from '@/lib/verdict/verdict';
import type { Topic } from './comparison';

interface OurFact {
  text: string;
  /** Where it is explained, and what the link to it says. */
  href: string;
  more: string;
}

export const OURS: Record<Topic, OurFact> = {
  charged: {
    text: 'One credit for an answer that only a check could give. Duplicates, malformed addresses, dead domains and catch-all domains are free.',
    href: '/pricing#free',
    more: 'What is charged, and what is free',
  },
  unknown: {
    text: `Free. One of ${REASONS_BY_STATUS.unknown.length} reasons says why we could not tell.`,
    href: '/learn/what-is-email-verification#answers',
    more: 'What the answer can be',
  },
  free: {
    text: `${FREE_CHECKS_A_DAY} checks a day without an account, and ${PLANS.free.creditsAMonth} credits a month with one.`,
    href: '/pricing',
    more: 'Pricing',
  },
  answers: {
    text: `Four statuses with ${REASONS.length} reasons, seven layers, flags, and a score with its weights.`,
    href: '/learn/how-it-works#verdict',
    more: 'How the verdict is decided',
  },
  evidence: {
    text: 'Every exchange: mail host, stage, reply code, enhanced status, the server’s words, and the time it took.',
    href: '/learn/how-it-works#exchange',
    more: 'A real exchange',
  },
  api: {
    text: 'Problem details with stable codes and matching HTTP statuses, idempotency keys, rate-limit headers, signed webhooks. Calls of five other services are answered in their format.',
    href: '/docs',
    more: 'Quick start',
  },
  testing: {
    text: 'Test keys: the address decides the answer, in single checks, lists and webhooks. Nothing is charged.',
    href: '/docs/test-mode',
    more: 'Test mode',
  },
  guarantee: {
    text: `We promise no rate. If a deliverable address hard-bounces and you report it within ${FEEDBACK_REFUND_DAYS} days, you get its credit back, within limits.`,
    href: '/accuracy#limits',
    more: 'What our figures don’t say',
  },
  selfHosting: {
    text: 'The whole product, under the MIT license: web, workers, lists, API, billing.',
    href: '/docs/self-hosting',
    more: 'Run it yourself',
  },
};
