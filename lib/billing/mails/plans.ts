// Notices about a plan: started, changed, to be changed, to end, ended, and a renewal that could not be charged. Each says what
// happens when, and what can still be done about it.
import type { NoticeOf } from '../notices';
import { type PaidPlanId, PLANS } from '@/lib/accounts/rules/plans';
import { formatPrice, type Interval, planPriceCents } from '../rules/offers';
import { composeMail, type Mail, mailDay, siteLink } from '@/lib/platform/mail/compose';
import { formatCount } from '@/lib/platform/numbers';

const billing = (label = 'Open billing') => ({ label, url: siteLink('/billing') });

interface Offer {
  plan: PaidPlanId;
  interval: Interval;
}

const nameOf = (plan: PaidPlanId): string => PLANS[plan].name;
const creditsOf = (plan: PaidPlanId): string => `${formatCount(PLANS[plan].creditsAMonth)} credits a month`;
const priceOf = ({ plan, interval }: Offer): string => `${formatPrice(planPriceCents(plan, interval))} a ${interval}`;

const renewalWords = (renewsAt: string | null): string => (renewsAt === null ? '' : ` It renews on ${mailDay(renewsAt)}.`);

export const planStartedMail = (to: string, notice: NoticeOf<'plan_started'>): Mail =>
  composeMail(to, {
    subject: `Your ${nameOf(notice.plan)} plan has started`,
    paragraphs: [
      `Thank you. Your Email Verifier workspace is on the ${nameOf(notice.plan)} plan: ${creditsOf(notice.plan)}, ${priceOf(notice)}.${renewalWords(notice.renewsAt)}`,
      'Invoices, the card and the plan itself are on the billing page. You can cancel there at any time.',
    ],
    button: billing(),
  });

export const planUpgradedMail = (to: string, notice: NoticeOf<'plan_upgraded'>): Mail =>
  composeMail(to, {
    subject: `You are on the ${nameOf(notice.plan)} plan now`,
    paragraphs: [
      `Your plan was changed from ${nameOf(notice.from)} to ${nameOf(notice.plan)}: ${creditsOf(notice.plan)}, ${priceOf(notice)}. The change and its credits are in place.${renewalWords(notice.renewsAt)}`,
      'The unused time of the old plan was credited on the invoice, which is on the billing page.',
    ],
    button: billing('See the invoice'),
  });

export const planChangedMail = (to: string, notice: NoticeOf<'plan_changed'>): Mail =>
  composeMail(to, {
    subject: `You are on the ${nameOf(notice.plan)} plan now`,
    paragraphs: [
      `As scheduled, your plan has changed from ${nameOf(notice.from)} to ${nameOf(notice.plan)}: ${creditsOf(notice.plan)}, ${priceOf(notice)}.${renewalWords(notice.renewsAt)}`,
    ],
    button: billing(),
  });

export const changeScheduledMail = (to: string, notice: NoticeOf<'change_scheduled'>): Mail =>
  composeMail(to, {
    subject: `Your plan changes to ${nameOf(notice.plan)}${notice.at === null ? '' : ` on ${mailDay(notice.at)}`}`,
    paragraphs: [
      `Your ${nameOf(notice.from)} plan stays as it is until the paid period ends${notice.at === null ? '' : ` on ${mailDay(notice.at)}`}. From then on it is ${nameOf(notice.plan)}: ${creditsOf(notice.plan)}, ${priceOf(notice)}.`,
      'You can take this back on the billing page until that day.',
    ],
    button: billing('Review the change'),
  });

export const changeTakenBackMail = (to: string, notice: NoticeOf<'change_taken_back'>): Mail =>
  composeMail(to, {
    subject: `You stay on the ${nameOf(notice.plan)} plan`,
    paragraphs: [
      `The change you had scheduled is cancelled: your plan stays ${nameOf(notice.plan)}, ${priceOf(notice)}.${renewalWords(notice.renewsAt)}`,
    ],
    button: billing(),
  });

export const cancelScheduledMail = (to: string, notice: NoticeOf<'cancel_scheduled'>): Mail =>
  composeMail(to, {
    subject: `Your ${nameOf(notice.plan)} plan ends on ${mailDay(notice.at)}`,
    paragraphs: [
      `Your ${nameOf(notice.plan)} plan was cancelled. It stays as it is until ${mailDay(notice.at)} and is not renewed; then the workspace is on the Free plan.`,
      'Credits of the plan expire with it. Credits that you bought as packs stay. Until that day you can keep the plan.',
    ],
    button: billing('Keep the plan'),
  });

export const cancelTakenBackMail = (to: string, notice: NoticeOf<'cancel_taken_back'>): Mail =>
  composeMail(to, {
    subject: `You kept your ${nameOf(notice.plan)} plan`,
    paragraphs: [`Your ${nameOf(notice.plan)} plan goes on, ${priceOf(notice)}.${renewalWords(notice.renewsAt)}`],
    button: billing(),
  });

export const paymentFailedMail = (to: string, { plan, graceUntil }: NoticeOf<'payment_failed'>): Mail =>
  composeMail(to, {
    subject: 'Your plan could not be renewed: the payment failed',
    paragraphs: [
      `We could not charge your card for the next period of your ${plan === null ? '' : `${nameOf(plan)} `}plan.`,
      graceUntil === null
        ? 'Please pay the open invoice or add another card on the billing page.'
        : `Please pay the open invoice or add another card by ${mailDay(graceUntil)}. Until then the plan stays as it is, though its credits for the new period come with the payment. After that the workspace goes back to the Free plan.`,
      'Credits that you bought as packs are not affected.',
    ],
    button: billing('Pay the invoice'),
  });

export const planEndedMail = (to: string, { plan }: NoticeOf<'plan_ended'>): Mail =>
  composeMail(to, {
    subject: `Your ${plan === null ? '' : `${nameOf(plan)} `}plan has ended`,
    paragraphs: [
      'Your plan has ended, and nothing more is charged for it. The workspace is on the Free plan now.',
      'Your results, your API keys and the credits that you bought as packs are still there.',
    ],
    button: billing('Choose a plan'),
  });

export const backToFreeMail = (to: string, { plan }: NoticeOf<'back_to_free'>): Mail =>
  composeMail(to, {
    subject: 'Your workspace is back on the Free plan',
    paragraphs: [
      `The payment for your ${plan === null ? '' : `${nameOf(plan)} `}plan did not arrive in time, so the plan has ended. The open invoice is void: you owe nothing.`,
      'Your results, your API keys and the credits that you bought as packs are still there.',
    ],
    button: billing('Choose a plan'),
  });
