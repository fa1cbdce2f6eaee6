// The mail for every kind of notice: billing's own and those of accounts.
import { z } from 'zod';
import { accountNoticeMail } from '@/lib/accounts/mails';
import { accountNoticeSchema, type NoticeTemplate } from '@/lib/accounts/notices';
import { getBalance } from '@/lib/credits/balance';
import { type Mail, composeMail, mailDay, siteLink } from '@/lib/platform/mail/compose';
import { type PaidPlanId, PLANS } from '@/lib/accounts/rules/plans';
import { formatCount } from '@/lib/platform/numbers';
import { billingNoticeSchema, type NoticeOf } from '../notices';
import { formatPrice, type PlanOffer, planPriceCents } from '../rules/offers';
import {
  packBoughtMail,
  paymentDidNotArriveMail,
  topUpMadeMail,
  topUpStoppedMail,
  creditsReturnedMail,
  disputeClosedMail,
  disputeOpenedMail,
  paymentDisputedMail,
  paymentRefundedMail,
} from './payments';

const anyNoticeSchema = z.union([billingNoticeSchema, accountNoticeSchema]);

export const noticeTemplate: NoticeTemplate = async (content, audience) => {
  const notice = anyNoticeSchema.parse(content);
  // The balance now, not at the time of the event, because the reader will look at the page next.
  const available = audience.to === 'owners' ? (await getBalance(audience.scope)).available : 0;
  return (to) => noticeMail(to, notice, available);
};

/** `available`: what the workspace can spend now. */
function noticeMail(to: string, notice: z.infer<typeof anyNoticeSchema>, available: number): Mail {
  switch (notice.kind) {
    case 'pack_bought':
      return packBoughtMail(to, notice, available);
    case 'top_up_made':
      return topUpMadeMail(to, notice, available);
    case 'top_up_stopped':
      return topUpStoppedMail(to, notice);
    case 'payment_did_not_arrive':
      return paymentDidNotArriveMail(to);
    case 'plan_started':
      return planStartedMail(to, notice);
    case 'plan_upgraded':
      return planUpgradedMail(to, notice);
    case 'plan_changed':
      return planChangedMail(to, notice);
    case 'change_scheduled':
      return changeScheduledMail(to, notice);
    case 'change_taken_back':
      return changeTakenBackMail(to, notice);
    case 'cancel_scheduled':
      return cancelScheduledMail(to, notice);
    case 'cancel_taken_back':
      return cancelTakenBackMail(to, notice);
    case 'payment_failed':
      return paymentFailedMail(to, notice);
    case 'plan_ended':
      return planEndedMail(to, notice);
    case 'back_to_free':
      return backToFreeMail(to, notice);
    case 'payment_refunded':
      return paymentRefundedMail(to, notice, available);
    case 'payment_disputed':
      return paymentDisputedMail(to, notice, available);
    case 'credits_returned':
      return creditsReturnedMail(to, notice, available);
    case 'dispute_opened':
      return disputeOpenedMail(to, notice);
    case 'dispute_closed':
      return disputeClosedMail(to, notice);
    default:
      return accountNoticeMail(to, notice);
  }
}

// Notices about a plan: started, changed, set to change, set to end, ended, and a renewal that could not be charged. Each says
// what happens when, and what can still be done about it.
const billing = (label = 'Open billing') => ({ label, url: siteLink('/billing') });

const nameOf = (plan: PaidPlanId): string => PLANS[plan].name;
const creditsOf = (plan: PaidPlanId): string => `${formatCount(PLANS[plan].creditsAMonth)} credits a month`;
const priceOf = ({ plan, interval }: PlanOffer): string => `${formatPrice(planPriceCents(plan, interval))} a ${interval}`;

const renewalWords = (renewsAt: string | null): string => (renewsAt === null ? '' : ` It renews on ${mailDay(renewsAt)}.`);

const planStartedMail = (to: string, notice: NoticeOf<'plan_started'>): Mail =>
  composeMail(to, {
    subject: `Your ${nameOf(notice.plan)} plan has started`,
    paragraphs: [
      `Thank you. Your Email Verifier workspace is on the ${nameOf(notice.plan)} plan: ${creditsOf(notice.plan)}, ${priceOf(notice)}.${renewalWords(notice.renewsAt)}`,
      'Invoices, the card and the plan itself are on the billing page. You can cancel there at any time.',
    ],
    button: billing(),
  });

const planUpgradedMail = (to: string, notice: NoticeOf<'plan_upgraded'>): Mail =>
  composeMail(to, {
    subject: `You are on the ${nameOf(notice.plan)} plan now`,
    paragraphs: [
      `Your plan was changed from ${nameOf(notice.from)} to ${nameOf(notice.plan)}: ${creditsOf(notice.plan)}, ${priceOf(notice)}. The change and its credits are in place.${renewalWords(notice.renewsAt)}`,
      'The unused time of the old plan was credited on the invoice, which is on the billing page.',
    ],
    button: billing('See the invoice'),
  });

const planChangedMail = (to: string, notice: NoticeOf<'plan_changed'>): Mail =>
  composeMail(to, {
    subject: `You are on the ${nameOf(notice.plan)} plan now`,
    paragraphs: [
      `As scheduled, your plan has changed from ${nameOf(notice.from)} to ${nameOf(notice.plan)}: ${creditsOf(notice.plan)}, ${priceOf(notice)}.${renewalWords(notice.renewsAt)}`,
    ],
    button: billing(),
  });

const changeScheduledMail = (to: string, notice: NoticeOf<'change_scheduled'>): Mail =>
  composeMail(to, {
    subject: `Your plan changes to ${nameOf(notice.plan)}${notice.at === null ? '' : ` on ${mailDay(notice.at)}`}`,
    paragraphs: [
      `Your ${nameOf(notice.from)} plan stays as it is until the paid period ends${notice.at === null ? '' : ` on ${mailDay(notice.at)}`}. From then on it is ${nameOf(notice.plan)}: ${creditsOf(notice.plan)}, ${priceOf(notice)}.`,
      'You can undo this on the billing page until that day.',
    ],
    button: billing('Review the change'),
  });

const changeTakenBackMail = (to: string, notice: NoticeOf<'change_taken_back'>): Mail =>
  composeMail(to, {
    subject: `You stay on the ${nameOf(notice.plan)} plan`,
    paragraphs: [
      `The change you scheduled is canceled: your plan stays ${nameOf(notice.plan)}, ${priceOf(notice)}.${renewalWords(notice.renewsAt)}`,
    ],
    button: billing(),
  });

const cancelScheduledMail = (to: string, notice: NoticeOf<'cancel_scheduled'>): Mail =>
  composeMail(to, {
    subject: `Your ${nameOf(notice.plan)} plan ends on ${mailDay(notice.at)}`,
    paragraphs: [
      `Your ${nameOf(notice.plan)} plan was canceled. It stays as it is until ${mailDay(notice.at)} and is not renewed; then the workspace moves to the Free plan.`,
      'Credits of the plan expire with it. Credits that you bought as packs stay. Until that day you can keep the plan.',
    ],
    button: billing('Keep the plan'),
  });

const cancelTakenBackMail = (to: string, notice: NoticeOf<'cancel_taken_back'>): Mail =>
  composeMail(to, {
    subject: `You kept your ${nameOf(notice.plan)} plan`,
    paragraphs: [`Your ${nameOf(notice.plan)} plan continues, ${priceOf(notice)}.${renewalWords(notice.renewsAt)}`],
    button: billing(),
  });

const paymentFailedMail = (to: string, { plan, graceUntil }: NoticeOf<'payment_failed'>): Mail =>
  composeMail(to, {
    subject: 'Your plan could not be renewed: the payment failed',
    paragraphs: [
      `We could not charge your card for the next period of your ${plan === null ? '' : `${nameOf(plan)} `}plan.`,
      graceUntil === null
        ? 'Please pay the open invoice or add another card on the billing page.'
        : `Please pay the open invoice or add another card by ${mailDay(graceUntil)}. Until then the plan stays as it is, but the credits for the new period arrive with the payment. After that the workspace goes back to the Free plan.`,
      'Credits that you bought as packs are not affected.',
    ],
    button: billing('Pay the invoice'),
  });

const planEndedMail = (to: string, { plan }: NoticeOf<'plan_ended'>): Mail =>
  composeMail(to, {
    subject: `Your ${plan === null ? '' : `${nameOf(plan)} `}plan has ended`,
    paragraphs: [
      'Your plan has ended, and nothing more is charged for it. The workspace is on the Free plan now.',
      'Your results, your API keys and the credits that you bought as packs are still there.',
    ],
    button: billing('Choose a plan'),
  });

const backToFreeMail = (to: string, { plan }: NoticeOf<'back_to_free'>): Mail =>
  composeMail(to, {
    subject: 'Your workspace is back on the Free plan',
    paragraphs: [
      `The payment for your ${plan === null ? '' : `${nameOf(plan)} `}plan did not arrive in time, so the plan has ended. The open invoice is void: you owe nothing.`,
      'Your results, your API keys and the credits that you bought as packs are still there.',
    ],
    button: billing('Choose a plan'),
  });
